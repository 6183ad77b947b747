package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.Bucketing;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.Source;
import io.sluice.state.learner.NumberedStream;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.NumberCurves;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import io.sluice.state.model.TrainerRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class PageCodecTest {

    private static final Page ROW =
            new Page(
                    PageKind.ROW,
                    0x1234567890abcdefL,
                    new PageVersion(3, 500),
                    PagePayloads.row(new float[] {9, 1, 2, 3}, 1, 2));

    private static final Manifest MANIFEST =
            new Manifest(new PageVersion(4, 77), 3, 5, 77, 16, -9, 1_000, 12, 3_456, "ab");

    @Test
    void theBytesOfARowStayAsTheyAre() throws CorruptStateException {
        assertThat(HexFormat.of().formatHex(PageCodec.key(ROW.kind(), ROW.id())))
                .isEqualTo("031234567890abcdef");
        assertThat(HexFormat.of().formatHex(PageCodec.value(ROW)))
                .isEqualTo(
                        "53020000000300000000000001f4" + "3f8000004000000040400000" + "437b9eb3");

        byte[] versionOne =
                HexFormat.of()
                        .parseHex(
                                "53010000000300000000000001f4"
                                        + "3f8000004000000040400000"
                                        + "3126c214");
        assertThat(PageCodec.decode(key(ROW), versionOne).payload()).isEqualTo(ROW.payload());
    }

    /** page-manifest-v2.bin is the value of MANIFEST's page; v1 the same, without its lineage. */
    @Test
    void readsManifestsOfAllVersionsAndStillWritesTheNewest() throws IOException {
        Page page =
                new Page(PageKind.MANIFEST, 0, MANIFEST.version(), PagePayloads.manifest(MANIFEST));

        assertThat(PageCodec.value(page)).isEqualTo(golden("page-manifest-v2.bin"));
        assertThat(manifest("page-manifest-v2.bin")).isEqualTo(MANIFEST);
        assertThat(manifest("page-manifest-v1.bin"))
                .isEqualTo(
                        new Manifest(MANIFEST.version(), 0, 5, 77, 16, -9, 1_000, 12, 3_456, "ab"));
    }

    private static Manifest manifest(String file) throws IOException {
        byte[] key = PageCodec.key(PageKind.MANIFEST, 0);
        return PagePayloads.readManifest(PageCodec.decode(key, golden(file)));
    }

    private static byte[] golden(String file) throws IOException {
        try (InputStream in = PageCodecTest.class.getResourceAsStream("/golden/" + file)) {
            return in.readAllBytes();
        }
    }

    @Test
    void pagesComeBackAsTheyWere() throws CorruptStateException {
        Page back = PageCodec.decode(key(ROW), PageCodec.value(ROW));

        assertThat(back.kind()).isEqualTo(PageKind.ROW);
        assertThat(back.id()).isEqualTo(ROW.id());
        assertThat(back.version()).isEqualTo(ROW.version());
        float[] values = new float[3];
        PagePayloads.readRow(back.payload(), values, 0, 2);
        assertThat(values).containsExactly(1, 2, 3);
    }

    /** The bytes are those of version 1, whose heads held the bias alone. */
    @Test
    void readsHeadsOfVersionOne() throws CorruptStateException {
        byte[] key = PageCodec.key(PageKind.HEAD, 0);
        byte[] old = HexFormat.of().parseHex("53010000000300000000000001f4" + "3f000000");
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(old);
        byte[] value =
                ByteBuffer.allocate(old.length + 4).put(old).putInt((int) crc.getValue()).array();
        NumberScaling scaling = new NumberScaling(RandomStream.SCHEMA);

        byte[] payload = PageCodec.decode(key, value).payload();

        PagePayloads.checkHead(payload);
        assertThat(PagePayloads.readHead(payload, scaling, NumberCurves.served(scaling)))
                .isEqualTo(new ServedHead(0.5f, false));
    }

    @Test
    void headsSayWhetherATowerBelongsToThem() throws CorruptStateException {
        NumberScaling scaling = new NumberScaling(NumberedStream.SCHEMA);
        NumberCurves curves = NumberCurves.served(scaling);
        byte[] without = PagePayloads.head(0.5f, scaling, curves, false);
        byte[] with = PagePayloads.head(0.5f, scaling, curves, true);

        assertThat(PagePayloads.readHead(without, scaling, curves))
                .isEqualTo(new ServedHead(0.5f, false));
        assertThat(PagePayloads.readHead(with, scaling, curves))
                .isEqualTo(new ServedHead(0.5f, true));
        with[with.length - 1] = 7;
        assertThatThrownBy(() -> PagePayloads.readHead(with, scaling, curves))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("found 7 behind the curves");
    }

    @Test
    void aNullValueIsATombstone() throws CorruptStateException {
        Page tombstone = new Page(PageKind.ROW, 7, new PageVersion(1, 1), null);

        assertThat(PageCodec.value(tombstone)).isNull();
        assertThat(PageCodec.decode(key(tombstone), null).isTombstone()).isTrue();
    }

    @Test
    void everyTruncationAndEveryFlippedBitIsRefused() {
        byte[] value = PageCodec.value(ROW);

        for (int length = 0; length < value.length; length++) {
            byte[] shorter = Arrays.copyOf(value, length);
            assertRefused(key(ROW), shorter);
        }
        for (int bit = 0; bit < value.length * 8; bit++) {
            byte[] flipped = value.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(key(ROW), flipped);
        }
    }

    @Test
    void aValueUnderAnotherPagesKeyIsRefused() {
        assertRefused(PageCodec.key(PageKind.ROW, 1), PageCodec.value(ROW));
        assertRefused(new byte[] {3}, PageCodec.value(ROW));
        assertRefused(null, PageCodec.value(ROW));
        assertRefused(new byte[] {99, 0, 0, 0, 0, 0, 0, 0, 0}, PageCodec.value(ROW));
    }

    @Test
    void manifestAndSchemaComeBackAsTheyWere() throws CorruptStateException {
        FeatureSchema schema =
                new FeatureSchema(
                        List.of(
                                FeatureSpec.of("user", Source.USER, "", Kind.ID),
                                number("a", new Bucketing.Log(2)),
                                number("b", new Bucketing.Width(0.5)),
                                number("c", new Bucketing.Edges(new double[] {1, 2})),
                                new FeatureSpec(
                                        "d", Source.FEATURES, "d", Kind.CATEGORIES, "|", null)));

        Page page =
                new Page(PageKind.MANIFEST, 0, MANIFEST.version(), PagePayloads.manifest(MANIFEST));

        assertThat(PagePayloads.readManifest(page)).isEqualTo(MANIFEST);
        assertThat(PagePayloads.readSchema(PagePayloads.schema(schema))).isEqualTo(schema);
    }

    @Test
    void everyTruncationOfASchemaIsRefused() {
        byte[] payload = PagePayloads.schema(RandomStream.SCHEMA);

        for (int length = 0; length < payload.length; length++) {
            byte[] shorter = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> PagePayloads.readSchema(shorter))
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void aPublicationHoldsWhatChangedAndEndsWithTheManifest() throws CorruptStateException {
        OnlineLearner learner = new OnlineLearner(RandomStream.config(1), RandomStream.SCHEMA);
        LearnerPages pages = new LearnerPages(learner, new TrainerRun(4, 2));
        RandomStream.feed(learner, RandomStream.events(1, 40));
        List<Page> first = new ArrayList<>();
        pages.publish(123, "", first::add);
        List<Page> second = new ArrayList<>();
        pages.publish(456, "", second::add);

        assertThat(first).hasSize(learner.model().rows() + 3);
        assertThat(first.get(0).kind()).isEqualTo(PageKind.SCHEMA);
        Page last = first.get(first.size() - 1);
        assertThat(last.kind()).isEqualTo(PageKind.MANIFEST);
        Manifest manifest = PagePayloads.readManifest(last);
        assertThat(manifest.version()).isEqualTo(new PageVersion(4, learner.examples()));
        assertThat(manifest.lineage()).isEqualTo(2);
        assertThat(manifest.eventTime()).isEqualTo(learner.eventTime());
        assertThat(manifest.publishedAt()).isEqualTo(123);
        assertThat(second).extracting(Page::kind).containsExactly(PageKind.HEAD, PageKind.MANIFEST);
    }

    @Test
    void aRunThatBeginsALineageWithAModelPublishesAllOfIt() {
        OnlineLearner learner = new OnlineLearner(RandomStream.config(1), RandomStream.SCHEMA);
        RandomStream.feed(learner, RandomStream.events(1, 40));
        new LearnerPages(learner, new TrainerRun(1, 1)).publish(1, "", page -> {});

        assertThat(rows(learner, new TrainerRun(2, 1))).isZero();
        assertThat(rows(learner, new TrainerRun(5, 5))).isEqualTo(learner.model().rows());
    }

    private static long rows(OnlineLearner learner, TrainerRun run) {
        List<Page> pages = new ArrayList<>();
        new LearnerPages(learner, run).publish(2, "", pages::add);
        return pages.stream().filter(page -> page.kind() == PageKind.ROW).count();
    }

    private static FeatureSpec number(String name, Bucketing rule) {
        return new FeatureSpec(name, Source.CONTEXT, name, Kind.NUMBER, "", rule);
    }

    private static byte[] key(Page page) {
        return PageCodec.key(page.kind(), page.id());
    }

    private static void assertRefused(byte[] key, byte[] value) {
        assertThatThrownBy(() -> PageCodec.decode(key, value))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageStartingWith("model page: ");
    }
}
