package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamingSchemaTest {

    private static final List<FeatureSpec> DECLARED =
            List.of(FeatureSpec.of("user", Source.USER, "", Kind.ID));
    private static final FactSource CLICKS = FactSource.parse("feedback.click");
    private static final FactSource SHOWN = FactSource.parse("impressions");
    private static final List<String> USER = List.of("user");

    private static final StreamingFeature RATE =
            streaming("a", StreamingKind.RATE, USER, CLICKS, SHOWN, "", 1e6, 0, 0, 10, 0, 5_000);

    /** One of each shape: with per, field, window, size, session, infinite half-life. */
    private static final FeatureSchema SCHEMA =
            schema(
                    RATE,
                    streaming(
                            "b",
                            StreamingKind.WINDOW,
                            List.of(),
                            CLICKS,
                            null,
                            "",
                            Double.POSITIVE_INFINITY,
                            800,
                            0,
                            0,
                            30,
                            Long.MAX_VALUE),
                    streaming(
                            "ü",
                            StreamingKind.LAST,
                            List.of("user", "user"),
                            FactSource.OUTCOMES,
                            null,
                            "user",
                            1,
                            0,
                            64,
                            0,
                            0,
                            1));

    @Test
    void aSchemaWithStreamingFeaturesComesBackAsItWas() throws CorruptStateException {
        FeatureSchema back = PagePayloads.readSchema(PagePayloads.schema(SCHEMA));

        assertThat(back).isEqualTo(SCHEMA);
        assertThat(back.fingerprint()).isEqualTo(SCHEMA.fingerprint());
    }

    @Test
    void anyComponentChangesTheFingerprint() {
        List<String> none = List.of();
        StreamingKind rate = StreamingKind.RATE;
        List<FeatureSchema> schemas =
                List.of(
                        new FeatureSchema(DECLARED),
                        schema(RATE),
                        schema(RATE, renamed("b")),
                        schema(renamed("b"), RATE),
                        schema(renamed("b")),
                        schema(
                                streaming(
                                        "a", rate, none, CLICKS, SHOWN, "", 1e6, 0, 0, 10, 0,
                                        5_000)),
                        schema(
                                streaming(
                                        "a", rate, USER, SHOWN, SHOWN, "", 1e6, 0, 0, 10, 0,
                                        5_000)),
                        schema(
                                streaming(
                                        "a", rate, USER, CLICKS, CLICKS, "", 1e6, 0, 0, 10, 0,
                                        5_000)),
                        schema(
                                streaming(
                                        "a", rate, USER, CLICKS, SHOWN, "", 2e6, 0, 0, 10, 0,
                                        5_000)),
                        schema(
                                streaming(
                                        "a", rate, USER, CLICKS, SHOWN, "", 1e6, 0, 0, 11, 0,
                                        5_000)),
                        schema(
                                streaming(
                                        "a", rate, USER, CLICKS, SHOWN, "", 1e6, 0, 0, 10, 1,
                                        5_000)),
                        schema(
                                streaming(
                                        "a", rate, USER, CLICKS, SHOWN, "", 1e6, 0, 0, 10, 0,
                                        5_001)),
                        schema(counting(StreamingKind.COUNT, "", 0, 0)),
                        schema(counting(StreamingKind.FLAG, "", 0, 0)),
                        schema(counting(StreamingKind.WINDOW, "", 80, 0)),
                        schema(counting(StreamingKind.WINDOW, "", 88, 0)),
                        schema(counting(StreamingKind.LAST, "user", 0, 1)),
                        schema(counting(StreamingKind.LAST, "user", 0, 2)),
                        schema(counting(StreamingKind.LAST, "item", 0, 2)));

        Set<Long> fingerprints = new HashSet<>();
        schemas.forEach(schema -> fingerprints.add(schema.fingerprint()));

        assertThat(fingerprints).hasSameSizeAs(schemas);
    }

    private static StreamingFeature renamed(String name) {
        return streaming(
                name, StreamingKind.RATE, USER, CLICKS, SHOWN, "", 1e6, 0, 0, 10, 0, 5_000);
    }

    private static StreamingFeature counting(
            StreamingKind kind, String field, long window, int size) {
        return streaming("c", kind, USER, CLICKS, null, field, 1e6, window, size, 0, 0, 5_000);
    }

    /** As the code of 6dfccf3, before there were streaming features, writes and computes them. */
    @Test
    void aSchemaWithoutThemHasTheBytesAndFingerprintItAlwaysHad() {
        FeatureSchema schema = new FeatureSchema(DECLARED);

        assertThat(HexFormat.of().formatHex(PagePayloads.schema(schema)))
                .isEqualTo(
                        "00000001"
                                + ("0004" + hex("user"))
                                + ("0004" + hex("USER"))
                                + "0000"
                                + ("0002" + hex("ID"))
                                + "0000"
                                + "00");
        assertThat(schema.fingerprint()).isEqualTo(0x8829c60d4453de6aL);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void everyTruncationIsRefusedOrIsAnotherSchema() throws CorruptStateException {
        byte[] payload = PagePayloads.schema(SCHEMA);
        int declared = PagePayloads.schema(new FeatureSchema(DECLARED)).length;

        for (int length = 0; length < payload.length; length++) {
            byte[] shorter = Arrays.copyOf(payload, length);
            if (length == declared) {
                // Pages have a checksum, and the manifest the fingerprint.
                assertThat(PagePayloads.readSchema(shorter).fingerprint())
                        .isNotEqualTo(SCHEMA.fingerprint());
            } else {
                assertThatThrownBy(() -> PagePayloads.readSchema(shorter))
                        .as("%d bytes", length)
                        .isInstanceOf(CorruptStateException.class);
            }
        }
    }

    @Test
    void wordsThatAreUnknownAreRefused() {
        assertRefused("feedback.click", "feedback#click", "found facts 'feedback#click'");
        assertRefused("impressions", "impressionz", "found facts 'impressionz'");
        assertRefused("WINDOW", "WINDOV", "No enum constant");
    }

    private static void assertRefused(String word, String other, String message) {
        String text = new String(PagePayloads.schema(SCHEMA), StandardCharsets.ISO_8859_1);
        byte[] damaged = text.replace(word, other).getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> PagePayloads.readSchema(damaged))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining(message);
    }

    private static FeatureSchema schema(StreamingFeature... streaming) {
        return new FeatureSchema(DECLARED, List.of(streaming));
    }

    private static StreamingFeature streaming(
            String name,
            StreamingKind kind,
            List<String> scope,
            FactSource of,
            FactSource per,
            String field,
            double halfLifeMs,
            long windowMs,
            int size,
            double prior,
            long gapMs,
            long expiryMs) {
        return new StreamingFeature(
                name,
                kind,
                scope,
                of,
                per,
                field,
                halfLifeMs,
                windowMs,
                size,
                prior,
                gapMs,
                expiryMs);
    }
}
