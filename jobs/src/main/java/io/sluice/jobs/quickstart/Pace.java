package io.sluice.jobs.quickstart;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands out moments at even distances, to several threads.
 *
 * <p>When the machine could not keep up, what was missed is left out instead of being made up for
 * in a burst: readers don't come faster because the last page was slow. Thread-safe.
 */
final class Pace {

    private final long intervalNanos;
    private final long endNanos;
    private long nextNanos;
    private long handedOut;

    /**
     * A pace that begins now.
     *
     * @param perSecond moments per second, above 0
     * @param seconds how long
     */
    Pace(double perSecond, double seconds) {
        intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        nextNanos = System.nanoTime();
        endNanos = nextNanos + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * Waits for the next moment.
     *
     * @return its 0-based number, or -1 when the time is over
     */
    long await() {
        long due;
        long number;
        synchronized (this) {
            due = Math.max(nextNanos, System.nanoTime());
            if (due - endNanos >= 0) {
                return -1;
            }
            nextNanos = due + intervalNanos;
            number = handedOut++;
        }
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return -1;
            }
        }
        return number;
    }
}
