package io.sluice.state.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedAttributesTest {

    private static final FeatureSchema SCHEMA = schema(3);
    private static final StreamedAttributes LOGGED = new StreamedAttributes(SCHEMA);
    private static final int MOOD = 0;
    private static final int TASTE = 1;
    private static final int FRESH = 2;
    private static final int SHELF = 3;

    /** A number and keys of the request, a number and keys of the item. */
    private static FeatureSchema schema(int size) {
        return new FeatureSchema(
                List.of(
                        FeatureSpec.of("user", Source.USER, "", Kind.ID),
                        FeatureSpec.of("item", Source.ITEM, "", Kind.ID)),
                List.of(
                        feature("mood", StreamingKind.COUNT, "user", 0),
                        feature("taste", StreamingKind.LAST, "user", size),
                        feature("fresh", StreamingKind.RECENCY, "item", 0),
                        feature("shelf", StreamingKind.LAST, "item", size)));
    }

    private static StreamingFeature feature(
            String name, StreamingKind kind, String scope, int size) {
        return new StreamingFeature(
                name,
                kind,
                List.of(scope),
                FactSource.OUTCOMES,
                null,
                kind == StreamingKind.LAST ? "item" : "",
                1_000,
                0,
                size,
                0,
                0,
                1_000_000);
    }

    private static StreamedValues values() {
        StreamedValues values = new StreamedValues(SCHEMA);
        values.number(MOOD, 0.1);
        values.addKey(TASTE, -5);
        values.addKey(TASTE, 7);
        values.number(FRESH, 1e-300);
        values.addKey(SHELF, Long.MIN_VALUE);
        return values;
    }

    @Test
    void valuesOfRequestAndItemComeBackAsTheyWere() {
        Attributes context = LOGGED.withRequest(Attributes.EMPTY, values());
        Attributes features = LOGGED.withItem(Attributes.EMPTY, values());
        StreamedValues back = new StreamedValues(SCHEMA);

        LOGGED.readRequest(context, back);
        LOGGED.readItem(features, back);

        assertThat(LOGGED.isLogged(context)).isTrue();
        assertThat(back.number(MOOD)).isEqualTo(0.1);
        assertThat(back.keys(TASTE)).isEqualTo(2);
        assertThat(back.key(TASTE, 0)).isEqualTo(-5);
        assertThat(back.key(TASTE, 1)).isEqualTo(7);
        assertThat(back.number(FRESH)).isEqualTo(1e-300);
        assertThat(back.keys(SHELF)).isEqualTo(1);
        assertThat(back.key(SHELF, 0)).isEqualTo(Long.MIN_VALUE);
        assertThat(context.first("~fresh")).isNegative();
        assertThat(features.first("~mood")).isNegative();
    }

    @Test
    void whatIsUnknownIsLeftOutAndReadAsUnknown() {
        StreamedValues unknown = new StreamedValues(SCHEMA);

        Attributes context = LOGGED.withRequest(Attributes.EMPTY, unknown);
        Attributes features = LOGGED.withItem(Attributes.EMPTY, unknown);
        StreamedValues back = values();
        LOGGED.readRequest(context, back);
        LOGGED.readItem(features, back);

        assertThat(context.size()).isEqualTo(1);
        assertThat(features).isEqualTo(Attributes.EMPTY);
        assertThat(back.number(MOOD)).isNaN();
        assertThat(back.number(FRESH)).isNaN();
        assertThat(back.keys(TASTE)).isZero();
        assertThat(back.keys(SHELF)).isZero();
    }

    @Test
    void valuesOfAnotherSchemaAreNotLoggedValues() {
        StreamedAttributes other = new StreamedAttributes(schema(4));
        Attributes context = other.withRequest(Attributes.EMPTY, values());
        Attributes number = Attributes.builder().put("~schema", 5).build();

        assertThat(other.isLogged(context)).isTrue();
        assertThat(LOGGED.isLogged(context)).isFalse();
        assertThat(LOGGED.isLogged(number)).isFalse();
        assertThat(LOGGED.isLogged(Attributes.EMPTY)).isFalse();
    }

    @Test
    void namesThatBeginWithATildeAreNobodyElses() {
        Attributes claimed =
                Attributes.builder()
                        .put("~mood", 99)
                        .put("~other", "x")
                        .put("~schema", "y")
                        .put("device", "phone")
                        .put("price", 3.5)
                        .put("tags", "a")
                        .put("tags", "b")
                        .build();

        Attributes context = LOGGED.withRequest(claimed, new StreamedValues(SCHEMA));
        Attributes features = LOGGED.withItem(claimed, new StreamedValues(SCHEMA));

        assertThat(features)
                .isEqualTo(
                        Attributes.builder()
                                .put("device", "phone")
                                .put("price", 3.5)
                                .put("tags", "a")
                                .put("tags", "b")
                                .build());
        assertThat(context.first("~mood")).isNegative();
        assertThat(LOGGED.isLogged(context)).isTrue();
    }

    @Test
    void textsThatAreNoValuesAreUnknown() {
        Attributes context =
                Attributes.builder()
                        .put("~mood", "often")
                        .put("~taste", "not hexadecimal")
                        .put("~taste", "")
                        .put("~taste", "fffffffffffffffff")
                        .put("~taste", 12)
                        .put("~taste", "0")
                        .put("~taste", "1f")
                        .put("~taste", "1f")
                        .build();
        StreamedValues back = values();

        LOGGED.readRequest(context, back);

        assertThat(back.number(MOOD)).isNaN();
        assertThat(back.keys(TASTE)).isEqualTo(1);
        assertThat(back.key(TASTE, 0)).isEqualTo(0x1f);
    }

    @Test
    void keysBeyondTheSizeAreLeftOut() {
        StreamedValues values = new StreamedValues(SCHEMA);
        for (long key = 1; key <= 9; key++) {
            values.addKey(TASTE, key);
        }

        assertThat(values.keys(TASTE)).isEqualTo(3);
        assertThat(values.key(TASTE, 2)).isEqualTo(3);
        assertThat(LOGGED.isEmpty()).isFalse();
    }
}
