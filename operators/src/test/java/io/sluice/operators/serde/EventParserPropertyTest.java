package io.sluice.operators.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every record, shown on damaged ones. */
class EventParserPropertyTest {

    private static final int RECORDS = 50_000;
    private static final List<TopicKind> KINDS = List.of(TopicKind.values());

    private final long seed = Long.getLong("sluice.seed", 1);
    private final DamagedRecords records = new DamagedRecords(new Random(seed));
    private final EventParser parser = new EventParser(Limits.DEFAULT, Set.of("click"), 3);

    @Test
    void everyRecordBecomesAnEventOrADeadLetterAndNothingIsThrown() {
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        int events = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] value = records.next();
            ParsedRecord parsed = parse(i, value);
            if (parsed.isEvent()) {
                events++;
            } else {
                reasons.merge(parsed.deadLetter().reason(), 1, Integer::sum);
                if (!speaks(parsed.deadLetter(), value)) {
                    fail(trace(value) + ": " + parsed.deadLetter().detail());
                }
            }
        }

        // Otherwise the damage is too small or too large to show anything.
        assertThat(events).isGreaterThan(RECORDS / 100);
        assertThat(reasons)
                .containsKeys(
                        Reason.NOT_JSON,
                        Reason.INVALID_UTF8,
                        Reason.MISSING_FIELD,
                        Reason.WRONG_TYPE,
                        Reason.NOT_FINITE,
                        Reason.OUT_OF_RANGE,
                        Reason.BAD_TIMESTAMP,
                        Reason.UNKNOWN_KIND);
    }

    @Test
    void whatIsTakenForAnEventIsJsonToAnotherParserToo() {
        ObjectMapper tree =
                new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        for (int i = 0; i < RECORDS; i++) {
            byte[] value = records.next();
            if (parse(i, value).isEvent()) {
                try {
                    if (!tree.readTree(value).isObject()) {
                        fail(trace(value));
                    }
                } catch (IOException e) {
                    fail(trace(value), e);
                }
            }
        }
    }

    /** Whether it holds the record and says what was found and what was expected. */
    private static boolean speaks(DeadLetter letter, byte[] value) {
        String detail = letter.detail();
        return letter.value() == value
                && detail.contains(": found ")
                && detail.contains(", expected ")
                && !detail.contains("could not be parsed")
                && detail.length() < 400;
    }

    private ParsedRecord parse(int i, byte[] value) {
        TopicKind kind = KINDS.get(i % KINDS.size());
        try {
            return parser.parse(kind, "events", 0, i, 1_700_000_000_000L, null, value);
        } catch (RuntimeException e) {
            return fail(trace(value), e);
        }
    }

    private String trace(byte[] value) {
        return "seed " + seed + ", record " + Base64.getEncoder().encodeToString(value);
    }
}
