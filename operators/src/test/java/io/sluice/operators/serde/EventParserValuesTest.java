package io.sluice.operators.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no event may have. */
class EventParserValuesTest extends ParserContract {

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "-1e999"})
    void aNumberThatIsNotFiniteIsRefused(String number) {
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("1.5", number),
                Reason.NOT_FINITE,
                "value: found the number " + number + ", expected a finite number");
        refuses(
                TopicKind.IMPRESSIONS,
                IMPRESSION.replace("1994", "[1, " + number + "]"),
                Reason.NOT_FINITE,
                "items[1].features.year: found the number " + number);
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("1700000000000", number),
                Reason.NOT_FINITE,
                "timestamp: found the number " + number);
    }

    @Test
    void aNumberThatIsNotFiniteIsRefusedEvenWhereNobodyReadsIt() {
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("\"value\": 1.5", "\"extra\": {\"deep\": [1, NaN]}"),
                Reason.NOT_FINITE,
                "extra: found the number NaN");
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "-1, ''",
        "631151999999, ''",
        "1700000060001, ''",
        "9223372036854775807, ''",
        "1700000000, ' (seconds?)'",
        "1700000000000000, ' (microseconds?)'",
        "1700000000000000000, ' (nanoseconds?)'"
    })
    void anAbsurdTimestampIsRefusedAndAWrongUnitIsGuessed(String time, String hint) {
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("1700000000000", time),
                Reason.BAD_TIMESTAMP,
                "timestamp: found the number "
                        + time
                        + hint
                        + ", expected epoch milliseconds within [631152000000, 1700000060000]");
    }

    @ParameterizedTest
    @ValueSource(longs = {631_152_000_000L, 1_700_000_060_000L})
    void theLimitsOfTimeAreStillGood(long time) {
        String value = FEEDBACK.replace("1700000000000", Long.toString(time));
        assertThat(parse(TopicKind.FEEDBACK, value).event().timestamp()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE})
    void aRecordWhoseOwnTimeIsUnknownOrAbsurdMayReachToTheYear2100(long recordTime) {
        byte[] good = FEEDBACK.replace("1700000000000", "4102444800000").getBytes(UTF_8);
        byte[] bad = FEEDBACK.replace("1700000000000", "4102444800001").getBytes(UTF_8);

        assertThat(parser.parse(TopicKind.FEEDBACK, "t", 0, 0, recordTime, null, good).isEvent())
                .isTrue();
        assertThat(
                        parser.parse(TopicKind.FEEDBACK, "t", 0, 0, recordTime, null, bad)
                                .deadLetter()
                                .reason())
                .isEqualTo(Reason.BAD_TIMESTAMP);
    }

    @Test
    void aTimestampBeyondALongIsOutOfRange() {
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("1700000000000", "99999999999999999999"),
                Reason.OUT_OF_RANGE,
                "timestamp: found the number 99999999999999999999");
    }

    @Test
    void aSlateAboveTheLimitIsRefusedAndOneAtTheLimitIsNot() {
        assertThat(parse(TopicKind.IMPRESSIONS, slate(SLATE)).isEvent()).isTrue();
        refuses(
                TopicKind.IMPRESSIONS,
                slate(SLATE + 1),
                Reason.SLATE_TOO_LARGE,
                "items: found more than 5, expected at most 5 (limits.slateItems)");
    }

    @Test
    void anItemThatStandsTwiceInASlateIsRefused() {
        refuses(
                TopicKind.IMPRESSIONS,
                IMPRESSION.replace("i2", "i1"),
                Reason.DUPLICATE_ITEM,
                "items[1].id: found the text \"i1\" again, expected each item once");
    }

    @Test
    void tooManyAttributesAreRefused() {
        refuses(
                TopicKind.INTERACTIONS,
                INTERACTION.replace("\"War\"", "\"War\", \"A\", \"B\""),
                Reason.TOO_LARGE,
                "features.genre: found value number 4, expected at most 3 values"
                        + " (limits.attributes)");
    }

    @Test
    void valuesThatTheServerLoggedDoNotCountAsAttributes() {
        String logged = INTERACTION.replace("\"War\"", "\"War\"], \"~last\": [\"a\", \"b\", \"c\"");

        assertThat(parse(TopicKind.INTERACTIONS, logged).isEvent()).isTrue();
    }

    @Test
    void anAttributeWithABlankNameIsRefused() {
        refuses(
                TopicKind.INTERACTIONS,
                INTERACTION.replace("genre", " "),
                Reason.MISSING_FIELD,
                "found a blank name");
    }

    @Test
    void aTextOrNameAboveTheLimitIsRefused() {
        String longText = "x".repeat(21);
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("u1", longText),
                Reason.TOO_LARGE,
                "user: found 21 characters, expected at most 20 (limits.textLength)");
        refuses(
                TopicKind.INTERACTIONS,
                INTERACTION.replace("genre", longText),
                Reason.TOO_LARGE,
                "features." + longText + ": found 21 characters");
        assertThat(parse(TopicKind.FEEDBACK, FEEDBACK.replace("u1", "x".repeat(20))).isEvent())
                .isTrue();
    }

    @Test
    void anUnknownKindOfFeedbackIsRefusedAndTheKnownOnesAreNamed() {
        refuses(
                TopicKind.FEEDBACK,
                FEEDBACK.replace("click", "Click"),
                Reason.UNKNOWN_KIND,
                "kind: found the text \"Click\", expected one of [buy, click] (feedback.kinds)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "5", "2147483648", "99999999999999999999"})
    void aPositionOutsideOfTheSlateIsRefused(String position) {
        refuses(
                TopicKind.IMPRESSIONS,
                IMPRESSION.replace("\"score\": 0.25", "\"position\": " + position),
                Reason.OUT_OF_RANGE,
                "items[0].position: found the number "
                        + position
                        + ", expected a whole number within [0, 4]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1"})
    void aProbabilityOutsideOfItsRangeIsRefused(String number) {
        refuses(
                TopicKind.IMPRESSIONS,
                IMPRESSION.replace("0.25", number),
                Reason.OUT_OF_RANGE,
                "items[0].score: found the number " + number + ", expected a number within [0, 1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0.5", "-1"})
    void aLabelOtherThanZeroAndOneIsRefused(String label) {
        refuses(
                TopicKind.INTERACTIONS,
                INTERACTION.replace("\"label\": 1", "\"label\": " + label),
                Reason.OUT_OF_RANGE,
                "label: found the number " + label + ", expected 0 or 1");
    }

    @Test
    void aLongFindIsShortenedAndStaysOnOneLine() {
        Limits wide = new Limits(100_000, SLATE, 3, 50_000, 0, 60_000);
        String kind = "a\\n\\u001b[31m" + "x".repeat(10_000);

        DeadLetter letter =
                new EventParser(wide, Set.of("click"), Double.NaN)
                        .parse(
                                TopicKind.FEEDBACK,
                                "t",
                                0,
                                0,
                                NOW,
                                null,
                                FEEDBACK.replace("click", kind).getBytes(UTF_8))
                        .deadLetter();

        assertThat(letter.detail())
                .startsWith("kind: found the text \"a??[31mxxx")
                .contains("x…\", expected")
                .hasSizeLessThan(200)
                .doesNotContain("\n", "\u001b");
    }

    private static String slate(int items) {
        String list =
                IntStream.range(0, items)
                        .mapToObj("{\"id\": \"i%d\"}"::formatted)
                        .collect(Collectors.joining(", "));
        return "{\"request\": \"r\", \"timestamp\": 1700000000000, \"items\": [" + list + "]}";
    }
}
