package io.sluice.state.rank;

import java.util.function.LongSupplier;

/**
 * The moment by which an answer is wanted. It cuts work, never answers: whoever works asks between
 * two pieces of work and goes on with what is there. Thread-safe when the clock is.
 */
public final class Deadline {

    private static final Deadline NONE = new Deadline(() -> 0, 1);

    private final LongSupplier nanoClock;
    private final long endNanos;

    private Deadline(LongSupplier nanoClock, long endNanos) {
        this.nanoClock = nanoClock;
        this.endNanos = endNanos;
    }

    /** Never passes. */
    public static Deadline none() {
        return NONE;
    }

    /**
     * A deadline on a clock.
     *
     * @param nanoClock a monotonic clock in nanoseconds; its origin may be anything
     * @param endNanos the clock's value from which on the deadline has passed
     */
    public static Deadline at(LongSupplier nanoClock, long endNanos) {
        return new Deadline(nanoClock, endNanos);
    }

    /** Whether the time is over. */
    public boolean hasPassed() {
        // By the difference, since a nanosecond clock may overflow.
        return nanoClock.getAsLong() - endNanos >= 0;
    }

    /** Nanoseconds until then, within [0, most]. */
    public long leftNanos(long most) {
        return this == NONE ? most : Math.max(0, Math.min(most, endNanos - nanoClock.getAsLong()));
    }

    /** This one or the other, whichever passes first. */
    Deadline sooner(Deadline other) {
        if (this == NONE || other == NONE) {
            return this == NONE ? other : this;
        }
        return leftNanos(Long.MAX_VALUE) <= other.leftNanos(Long.MAX_VALUE) ? this : other;
    }
}
