package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ShownItem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a good record says. */
class EventReadingTest {

    private static final long NOW = 1_700_000_000_000L;

    private final EventParser parser = new EventParser(Limits.DEFAULT, Set.of("click"), Double.NaN);

    @Test
    void everyFieldOfAnImpressionIsRead() {
        ParsedRecord parsed =
                parse(
                        TopicKind.IMPRESSIONS,
                        """
                        {"request": "r1", "timestamp": 1700000000000, "user": "u1",
                         "context": {"zip": "8000", "age": 35, "member": true},
                         "items": [
                           {"id": "i1", "position": 4, "score": 0.25, "propensity": 0.5,
                            "features": {"genre": ["Drama", "War", null, 7], "year": null}},
                           {"id": "i2"}],
                         "model": "2.100"}""");

        Attributes context =
                Attributes.builder()
                        .put("zip", "8000")
                        .put("age", 35)
                        .put("member", "true")
                        .build();
        Attributes features =
                Attributes.builder()
                        .put("genre", "Drama")
                        .put("genre", "War")
                        .put("genre", 7)
                        .build();
        List<ShownItem> items =
                List.of(
                        new ShownItem("i1", 4, 0.25, 0.5, features),
                        new ShownItem("i2", 1, Double.NaN, Double.NaN, Attributes.EMPTY));
        assertThat(parsed.event())
                .isEqualTo(new Impression("r1", NOW, "u1", context, items, "2.100"));
        assertThat(parsed.unknownFields()).isZero();
    }

    @Test
    void everyFieldOfAFeedbackIsRead() {
        ParsedRecord parsed =
                parse(
                        TopicKind.FEEDBACK,
                        """
                        {"value": 4.5, "kind": "click", "item": "i1", "user": "u1",
                         "timestamp": 1700000000000, "request": "r1"}""");

        assertThat(parsed.event()).isEqualTo(new Feedback("r1", NOW, "u1", "i1", "click", 4.5));
    }

    @Test
    void everyFieldOfAnInteractionIsRead() {
        ParsedRecord parsed =
                parse(
                        TopicKind.INTERACTIONS,
                        """
                        {"request": "s1", "timestamp": 1700000000000, "user": "u1", "item": "i1",
                         "label": 1.0, "value": 5, "context": {"a": 1}, "features": {"b": "x"}}""");

        assertThat(parsed.event())
                .isEqualTo(
                        new Interaction(
                                "s1",
                                NOW,
                                "u1",
                                "i1",
                                1,
                                5,
                                Attributes.builder().put("a", 1).build(),
                                Attributes.builder().put("b", "x").build()));
    }

    @Test
    void optionalFieldsMayBeAbsentNullOrBlank() {
        ParsedRecord absent =
                parse(
                        TopicKind.INTERACTIONS,
                        "{\"timestamp\": 1700000000000, \"item\": \"i1\", \"label\": 0}");
        ParsedRecord isNull =
                parse(
                        TopicKind.INTERACTIONS,
                        """
                        {"request": null, "timestamp": 1700000000000, "user": " ", "item": "i1",
                         "label": -0, "value": null, "context": null, "features": {}}""");

        assertThat(absent.event())
                .isEqualTo(
                        new Interaction(
                                "",
                                NOW,
                                "",
                                "i1",
                                0,
                                Double.NaN,
                                Attributes.EMPTY,
                                Attributes.EMPTY))
                .isEqualTo(isNull.event());
    }

    @Test
    void fieldsThatNobodyReadsAreCountedAndPassedOver() {
        ParsedRecord parsed =
                parse(
                        TopicKind.IMPRESSIONS,
                        """
                        {"page": {"request": [1, {"x": "]"}]}, "request": "r1",
                         "timestamp": 1700000000000, "ab": true,
                         "items": [{"id": "i1", "colour": "red"}]}""");

        assertThat(parsed.isEvent()).isTrue();
        assertThat(parsed.unknownFields()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"3.9, 0", "4, 1", "4.5, 1"})
    void withAThresholdTheLabelComesFromTheValue(String value, double label) {
        EventParser withThreshold = new EventParser(Limits.DEFAULT, Set.of(), 4);
        String interaction =
                "{\"timestamp\": 1700000000000, \"item\": \"i1\", \"value\": " + value + "}";

        assertThat(parse(withThreshold, TopicKind.INTERACTIONS, interaction).event())
                .hasFieldOrPropertyWithValue("label", label);
    }

    @Test
    void aGivenLabelWinsOverTheThreshold() {
        EventParser withThreshold = new EventParser(Limits.DEFAULT, Set.of(), 4);
        String interaction =
                "{\"timestamp\": 1700000000000, \"item\": \"i1\", \"value\": 5, \"label\": 0}";

        assertThat(parse(withThreshold, TopicKind.INTERACTIONS, interaction).event())
                .hasFieldOrPropertyWithValue("label", 0.0);
    }

    @Test
    void withoutLabelAndValueTheThresholdDoesNotHelp() {
        EventParser withThreshold = new EventParser(Limits.DEFAULT, Set.of(), 4);
        String interaction = "{\"timestamp\": 1700000000000, \"item\": \"i1\"}";

        assertThat(parse(withThreshold, TopicKind.INTERACTIONS, interaction).deadLetter().reason())
                .isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void anEventFromElsewhereGetsTheTimeOfItsArrivalWhenItHasNone() throws BadInputException {
        byte[] body = bytes("{\"request\": \"r1\", \"item\": \"i1\", \"kind\": \"click\"}");

        assertThat(parser.parse(TopicKind.FEEDBACK, body, NOW))
                .isEqualTo(new Feedback("r1", NOW, "", "i1", "click", Double.NaN));
    }

    @Test
    void anEventFromElsewhereIsRefusedWithItsFault() {
        byte[] body = bytes("{\"request\": \"r1\", \"item\": 5, \"kind\": \"click\"}");

        assertThatThrownBy(() -> parser.parse(TopicKind.FEEDBACK, body, NOW))
                .isInstanceOf(BadInputException.class)
                .hasMessage("item: found the number 5, expected a text")
                .hasFieldOrPropertyWithValue("reason", Reason.WRONG_TYPE)
                .hasFieldOrPropertyWithValue("field", "item")
                .hasFieldOrPropertyWithValue("found", "the number 5")
                .hasFieldOrPropertyWithValue("expected", "a text");
    }

    @Test
    void aFaultOfOurOwnReaderSetsTheRecordAside() {
        assertThatThrownBy(
                        () ->
                                JsonInput.read(
                                        bytes("{}"),
                                        Limits.DEFAULT,
                                        in -> {
                                            throw new IllegalStateException("a bug");
                                        }))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a bug");
    }

    private ParsedRecord parse(TopicKind kind, String value) {
        return parse(parser, kind, value);
    }

    private static ParsedRecord parse(EventParser parser, TopicKind kind, String value) {
        return parser.parse(kind, "events", 3, 17, NOW, null, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
