package io.sluice.state.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.InvalidValueException;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenInteractionsTest {

    private static final long WINDOW_MS = 100;

    private final SeenInteractions seen = new SeenInteractions(new RepetitionRule(WINDOW_MS));

    @Test
    void theSecondOfARequestAndItemIsARepetitionWhateverElseItSays() {
        assertThat(seen.repetition(at(1_000, "r", "a"))).isNull();
        assertThat(seen.repetition(at(1_000, "r", "b"))).isNull();
        assertThat(seen.repetition(at(1_000, "s", "a"))).isNull();

        Interaction again =
                new Interaction("r", 1_050, "v", "a", 0, 2, Attributes.EMPTY, Attributes.EMPTY);

        assertThat(seen.repetition(again)).isEqualTo(1_100);
        assertThat(RepetitionRule.explain(again, 1_100))
                .isEqualTo("item 'a' of request 'r' has come before; it is remembered until 1100");
    }

    @Test
    void theWindowsLastMomentStillCountsAndTheNextOneBeginsAnew() {
        seen.repetition(at(1_000, "r", "a"));

        assertThat(seen.repetition(at(1_100, "r", "a"))).isEqualTo(1_100);
        assertThat(seen.repetition(at(1_101, "r", "a"))).isNull();
        assertThat(seen.repetition(at(1_200, "r", "a"))).isEqualTo(1_201);
    }

    @Test
    void withoutARequestNothingIsARepetition() {
        assertThat(seen.repetition(at(1_000, "", "a"))).isNull();
        assertThat(seen.repetition(at(1_000, "", "a"))).isNull();
        assertThat(seen.size()).isZero();
    }

    @Test
    void aWindowOfNothingRemembersNothing() {
        SeenInteractions off = new SeenInteractions(new RepetitionRule(0));

        assertThat(off.repetition(at(1_000, "r", "a"))).isNull();
        assertThat(off.repetition(at(1_000, "r", "a"))).isNull();
        assertThat(off.size()).isZero();
        assertThatThrownBy(() -> new RepetitionRule(-1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("examples.repeatMs");
    }

    @Test
    void whatComesLateIsRememberedFromTheEventTimeOfItsArrival() {
        RepetitionRule rule = new RepetitionRule(WINDOW_MS);

        assertThat(rule.until(at(1_000, "r", "a"), 900)).isEqualTo(1_100);
        assertThat(rule.until(at(1_000, "r", "a"), 5_000)).isEqualTo(5_100);
    }

    @Test
    void holdsAWindowAndFindsWhatRememberingEverythingWouldFind() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        Map<String, Long> everything = new HashMap<>();
        long time = 0;
        for (int i = 0; i < 20_000; i++) {
            time += random.nextInt(3);
            Interaction event =
                    at(time, "r" + random.nextInt(300), random.nextBoolean() ? "a" : "b");
            String key = event.request() + event.item();
            Long first = everything.get(key);
            boolean repeats = first != null && time - first <= WINDOW_MS;
            if (!repeats) {
                everything.put(key, time);
            }

            assertThat(seen.repetition(event) != null).as("seed %d", seed).isEqualTo(repeats);
            assertThat(seen.size()).as("seed %d", seed).isLessThanOrEqualTo(600);
        }
        seen.repetition(at(time + WINDOW_MS + 1, "last", "a"));
        assertThat(seen.size()).isEqualTo(1);
    }

    private static Interaction at(long time, String request, String item) {
        return new Interaction(
                request, time, "u", item, 1, Double.NaN, Attributes.EMPTY, Attributes.EMPTY);
    }
}
