package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowedCountTest {

    private static final int AT = 1;
    private static final long[] NONE = {};

    @Test
    void countsTheCurrentEighthAndTheSevenBefore() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        for (int run = 0; run < 400; run++) {
            long window = new long[] {8, 80, 1_000, 3_600_001, 7 * 86_400_000L}[run % 5];
            WindowedCount count = new WindowedCount(window);
            List<Long> facts = new ArrayList<>();
            long[] record = new long[AT + count.words()];
            RandomTimes times = new RandomTimes(random, 1 + window / (1 + random.nextInt(20)));

            for (int i = 0; i < 60; i++) {
                long time = times.next();
                facts.add(time);
                count.update(record, AT, time, NONE, 0);
                long now = times.latest() + random.nextInt(3) * (window / 5);

                assertThat(count.count(record, AT, now))
                        .as("seed %d, run %d, fact %d, window %d", seed, run, i, window)
                        .isEqualTo(expected(facts, now, window / 8));
            }
        }
    }

    private static double expected(List<Long> facts, long now, long eighth) {
        long current = now / eighth;
        return facts.stream().filter(time -> time / eighth > current - 8).count();
    }

    @Test
    void theLatestTimesOfAllCountLikeAnyOther() {
        WindowedCount count = new WindowedCount(8_000);
        long[] record = new long[AT + count.words()];
        long late = Long.MAX_VALUE - 1;

        count.update(record, AT, 5, NONE, 0);
        assertThat(count.count(record, AT, 6)).isEqualTo(1);
        assertThat(count.count(record, AT, late)).isZero();

        count.update(record, AT, late, NONE, 0);
        count.update(record, AT, late, NONE, 0);
        assertThat(count.count(record, AT, late)).isEqualTo(2);
    }

    @Test
    void aFactTooLateForTheRingIsLeftOut() {
        WindowedCount count = new WindowedCount(800);
        long[] record = new long[AT + count.words()];

        count.update(record, AT, 10_000, NONE, 0);
        count.update(record, AT, 9_300, NONE, 0);
        count.update(record, AT, 9_299, NONE, 0);

        assertThat(count.count(record, AT, 10_000)).isEqualTo(2);
        assertThat(count.count(record, AT, 10_100)).isEqualTo(1);
    }

    @Test
    void neighboursInAWordDoNotDisturbEachOther() {
        WindowedCount count = new WindowedCount(8);
        long[] record = new long[AT + count.words() + 1];
        record[0] = -1;
        record[record.length - 1] = -1;

        for (int part = 0; part < 8; part++) {
            for (int i = 0; i <= part; i++) {
                count.update(record, AT, part, NONE, 0);
            }
        }

        assertThat(count.count(record, AT, 7)).isEqualTo(36);
        assertThat(count.count(record, AT, 13)).isEqualTo(7 + 8);
        assertThat(record[0]).isEqualTo(-1);
        assertThat(record[record.length - 1]).isEqualTo(-1);
    }
}
