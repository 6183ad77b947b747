package io.sluice.jobs.quickstart;

import io.sluice.state.check.Checks;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many readers come.
 *
 * @param perSecond visits per second, above 0 to 10000
 * @param seconds how long, above 0 to 3600; tastes change halfway
 * @param threads readers at the same time, 1 to 64
 */
record Traffic(double perSecond, double seconds, int threads) {

    /** Some 800 examples a second: enough to learn from, little enough for one shared core. */
    static final double PER_SECOND = 100;

    static final int THREADS = 4;

    private static final long WINDOW_MS = 3000;

    Traffic {
        Checks.above("traffic.perSecond", perSecond, 0, 10_000);
        Checks.above("traffic.seconds", seconds, 0, 3600);
        Checks.inRange("traffic.threads", threads, 1, 64);
    }

    /** The usual crowd for this long. */
    static Traffic lasting(double seconds) {
        return new Traffic(PER_SECOND, seconds, THREADS);
    }

    /** When tastes change, milliseconds since the traffic began. */
    long driftMs() {
        return endMs() / 2;
    }

    /** When the traffic ends, milliseconds since it began. */
    long endMs() {
        return (long) (seconds * 1000);
    }

    /** Ends of the windows to tell: about three seconds each, one of them at the drift. */
    List<Long> windowEndsMs() {
        int half = Math.max(1, (int) Math.round(driftMs() / (double) WINDOW_MS));
        return IntStream.rangeClosed(1, 2 * half).mapToObj(i -> endMs() * i / (2L * half)).toList();
    }
}
