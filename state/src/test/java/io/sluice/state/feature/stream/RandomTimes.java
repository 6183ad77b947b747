package io.sluice.state.feature.stream;

import java.util.Random;

/** Times of facts as streams have them: bursts, equal ones, long pauses, late ones. */
final class RandomTimes {

    private final Random random;
    private final long step;
    private long latest;

    /** Times of which most are within {@code step} milliseconds behind the one before. */
    RandomTimes(Random random, long step) {
        this.random = random;
        this.step = step;
        latest = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000) * 1_700L;
    }

    /** The next time; one in six is late by up to five steps. */
    long next() {
        int sort = random.nextInt(12);
        if (sort < 2) {
            return Math.max(0, latest - (long) (random.nextDouble() * 5 * step));
        }
        if (sort == 2) {
            latest += 40 * step;
        } else if (sort > 4) {
            latest += (long) (random.nextDouble() * step);
        }
        return latest;
    }

    /** Latest time so far. */
    long latest() {
        return latest;
    }
}
