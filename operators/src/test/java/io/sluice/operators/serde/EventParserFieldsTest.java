package io.sluice.operators.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that are missing, of another type, or there twice. */
class EventParserFieldsTest extends ParserContract {

    @Test
    void theSamplesThatTheseTestsDamageAreGood() {
        assertThat(parse(TopicKind.IMPRESSIONS, IMPRESSION).isEvent()).isTrue();
        assertThat(parse(TopicKind.FEEDBACK, FEEDBACK).isEvent()).isTrue();
        assertThat(parse(TopicKind.INTERACTIONS, INTERACTION).isEvent()).isTrue();
    }

    @Test
    void aDeadLetterKeepsTheRecordAndItsPlace() {
        byte[] key = {1};
        byte[] value = {'x'};

        ParsedRecord parsed = parser.parse(TopicKind.FEEDBACK, "feedback", 3, 17, NOW, key, value);

        DeadLetter letter = parsed.deadLetter();
        assertThat(letter.topic()).isEqualTo("feedback");
        assertThat(letter.partition()).isEqualTo(3);
        assertThat(letter.offset()).isEqualTo(17);
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.reason()).isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "IMPRESSIONS, request",
        "IMPRESSIONS, timestamp",
        "IMPRESSIONS, items",
        "FEEDBACK, request",
        "FEEDBACK, timestamp",
        "FEEDBACK, item",
        "FEEDBACK, kind",
        "INTERACTIONS, timestamp",
        "INTERACTIONS, item",
        "INTERACTIONS, label"
    })
    void aRequiredFieldThatIsAbsentOrNullIsMissing(TopicKind kind, String field) {
        String good = sample(kind);
        String absent = good.replace('"' + field + '"', "\"other\"");
        String isNull = absent.replaceFirst("\\{", "{\"" + field + "\": null, ");

        refuses(kind, absent, Reason.MISSING_FIELD, field + ": found nothing, expected ");
        refuses(kind, isNull, Reason.MISSING_FIELD, field + ": found nothing, expected ");
    }

    @ParameterizedTest
    @CsvSource({
        "IMPRESSIONS, r1, request", "IMPRESSIONS, i2, items[1].id", "FEEDBACK, r1, request",
        "FEEDBACK, i1, item", "FEEDBACK, click, kind", "INTERACTIONS, i1, item"
    })
    void aBlankIdIsMissing(TopicKind kind, String id, String field) {
        refuses(
                kind,
                sample(kind).replace(id, " \\t"),
                Reason.MISSING_FIELD,
                field + ": found nothing, expected a text");
    }

    @Test
    void anImpressionOfNothingIsMissingItsItems() {
        String empty = "{\"request\": \"r\", \"timestamp\": 1700000000000, \"items\": []}";
        refuses(
                TopicKind.IMPRESSIONS,
                empty,
                Reason.MISSING_FIELD,
                "items: found an empty list, expected at least one item");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FEEDBACK | \"r1\" | 7 | request: found the number 7, expected a text",
                "FEEDBACK | \"r1\" | {} | request: found an object, expected a text",
                "FEEDBACK | \"r1\" | true | request: found true, expected a text",
                "FEEDBACK | 1.5 | \"1.5\" | value: found the text \"1.5\", expected a number",
                "FEEDBACK | 1.5 | [1] | value: found a list, expected a number",
                "FEEDBACK | 1700000000000 | \"now\" | timestamp: found the text \"now\"",
                "FEEDBACK | 1700000000000 | 1.7e12 | timestamp: found the number 1.7e12",
                "IMPRESSIONS | {\"age\": 35} | [] | context: found a list, expected an object",
                "IMPRESSIONS | 35 | {\"x\": 1} | context.age: found an object, expected a text",
                "IMPRESSIONS | 1994 | [[1]] | items[1].features.year: found a list",
                "IMPRESSIONS | 0.25 | \"high\" | items[0].score: found the text \"high\"",
                "IMPRESSIONS | {\"id\": \"i1\", \"score\": 0.25} | \"i1\" | items[0]: found the"
                        + " text \"i1\", expected an object",
                "IMPRESSIONS | {\"id\": \"i1\", \"score\": 0.25} | null | items[0]: found null",
                "INTERACTIONS | 1, | true, | label: found true, expected a number",
                "INTERACTIONS | {\"genre\": [\"Drama\", \"War\"]} | 3 | features: found the"
                        + " number 3, expected an object",
            })
    void aFieldOfAnotherTypeIsNamedWithWhatItHolds(
            TopicKind kind, String good, String bad, String detail) {
        refuses(kind, sample(kind).replace(good, bad), Reason.WRONG_TYPE, detail);
    }

    @ParameterizedTest
    @CsvSource({
        "IMPRESSIONS, request",
        "IMPRESSIONS, items",
        "FEEDBACK, value",
        "INTERACTIONS, label",
        "INTERACTIONS, unheard"
    })
    void aFieldThatStandsTwiceIsRefused(TopicKind kind, String field) {
        String twice =
                sample(kind)
                        .replaceFirst(
                                "\\{", "{\"%s\": null, \"%s\": null, ".formatted(field, field));
        refuses(
                kind,
                twice,
                Reason.WRONG_TYPE,
                field + ": found the field twice, expected each field once");
    }

    @Test
    void anAttributeThatStandsTwiceIsRefused() {
        refuses(
                TopicKind.IMPRESSIONS,
                IMPRESSION.replace("\"year\": 1994", "\"year\": 1994, \"year\": 1995"),
                Reason.WRONG_TYPE,
                "items[1].features.year: found the field twice");
    }
}
