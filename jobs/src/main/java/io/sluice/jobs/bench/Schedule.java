package io.sluice.jobs.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * When each request is to be sent, whatever became of those before: latencies count from here, so a
 * server that stops for a second makes every request of that second late, and not just one.
 *
 * @param startNanos of the first, by {@link System#nanoTime}
 * @param periodNanos between two
 */
record Schedule(long startNanos, double periodNanos) {

    /** The last stretch is waited for awake: the system's own wake-ups are too rough. */
    private static final long SPIN_NANOS = 100_000;

    /** A schedule that begins in a tenth of a second. */
    static Schedule perSecond(double rate) {
        return new Schedule(System.nanoTime() + 100_000_000, 1e9 / rate);
    }

    /** When request {@code n} is due. */
    long due(long n) {
        return startNanos + (long) (n * periodNanos);
    }

    /** Waits for it. */
    void await(long n) {
        long due = due(n);
        long left = due - System.nanoTime();
        while (left > 0) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
            left = due - System.nanoTime();
        }
    }
}
