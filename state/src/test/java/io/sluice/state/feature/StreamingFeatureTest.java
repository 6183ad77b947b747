package io.sluice.state.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamingFeatureTest {

    private static final FactSource CLICKS = FactSource.parse("feedback.click");
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** A declaration that its test spoils in one place. */
    private static StreamingFeature of(
            StreamingKind kind,
            FactSource of,
            FactSource per,
            String field,
            double halfLifeMs,
            long windowMs,
            int size,
            double prior) {
        return new StreamingFeature(
                "f", kind, List.of(), of, per, field, halfLifeMs, windowMs, size, prior, 0, 1_000);
    }

    private static void assertFault(
            String message,
            StreamingKind kind,
            FactSource of,
            FactSource per,
            String field,
            double halfLifeMs,
            long windowMs,
            int size,
            double prior) {
        assertThatThrownBy(() -> of(kind, of, per, field, halfLifeMs, windowMs, size, prior))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whatAKindNeedsIsAskedForAndNothingElse() {
        FactSource of = FactSource.OUTCOMES;
        assertFault(
                "per must be left out for this kind, found feedback.click",
                StreamingKind.COUNT,
                of,
                CLICKS,
                "",
                1,
                0,
                0,
                0);
        assertFault(
                "windowMs must be given for this kind, found 0",
                StreamingKind.WINDOW,
                of,
                null,
                "",
                1,
                0,
                0,
                0);
        assertFault(
                "windowMs must be left out for this kind, found 8",
                StreamingKind.COUNT,
                of,
                null,
                "",
                1,
                8,
                0,
                0);
        assertFault(
                "size must be within [1, 64], found 65",
                StreamingKind.LAST,
                of,
                null,
                "item",
                1,
                0,
                65,
                0);
        assertFault(
                "size must be left out for this kind, found 3",
                StreamingKind.FLAG,
                of,
                null,
                "",
                1,
                0,
                3,
                0);
        assertFault(
                "field must be given for this kind, found \"\"",
                StreamingKind.MEAN,
                of,
                null,
                "",
                1,
                0,
                0,
                0);
        assertFault(
                "halfLifeMs must be positive, found 0.0",
                StreamingKind.COUNT,
                of,
                null,
                "",
                0,
                0,
                0,
                0);
        assertFault(
                "prior must be zero or more and finite, found NaN",
                StreamingKind.RATE,
                of,
                null,
                "",
                1,
                0,
                0,
                Double.NaN);
    }

    @Test
    void settingsThatCouldSayNothingAreRefused() {
        FactSource of = FactSource.OUTCOMES;
        assertFault(
                "prior must be above 0 for this kind, found 0.0",
                StreamingKind.SHARE,
                of,
                null,
                "",
                NEVER,
                0,
                0,
                0);
        assertFault(
                "prior must be above 0 for this kind, found 0.0",
                StreamingKind.TREND,
                of,
                null,
                "",
                1,
                0,
                0,
                0);
        assertFault(
                "halfLifeMs must be finite for this kind, found Infinity",
                StreamingKind.TREND,
                of,
                null,
                "",
                NEVER,
                0,
                0,
                1);
        assertFault(
                "field must be an attribute of the item for this kind, found \"value\"",
                StreamingKind.DISTANCE,
                of,
                null,
                "value",
                1,
                0,
                0,
                1);
        assertFault(
                "per must be given, because 'feedback.click' has no labels, found nothing",
                StreamingKind.RATE,
                CLICKS,
                null,
                "",
                1,
                0,
                0,
                1);
    }

    @Test
    void theAttributeIsThatOfMeansAndDistances() {
        FactSource of = FactSource.OUTCOMES;

        assertThat(of(StreamingKind.MEAN, of, null, "price", 1, 0, 0, 1).attribute())
                .isEqualTo("price");
        assertThat(of(StreamingKind.MEAN, of, null, "value", 1, 0, 0, 1).attribute()).isEmpty();
        assertThat(of(StreamingKind.LAST, of, null, "item", 1, 0, 5, 0).attribute()).isEmpty();
    }

    @Test
    void sourcesAreReadAsTheyAreWritten() {
        for (String text :
                List.of("impressions", "outcomes", "positives", "interactions", "feedback.a.b")) {
            assertThat(FactSource.parse(text)).hasToString(text);
        }
        for (String text :
                List.of("", "feedback", "feedback.", "feedback. ", "Outcomes", "clicks")) {
            assertThat(FactSource.parse(text)).as(text).isNull();
        }
        assertThatThrownBy(() -> new FactSource(FactSource.Type.OUTCOMES, "click"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
