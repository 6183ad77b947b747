package io.sluice.state.feature.stream;

import io.sluice.state.kernel.Decay;

/**
 * A part of an entity's record that facts change: some words at a fixed place.
 *
 * <p>A fresh record is all zeros, and every aggregate takes that for empty. Doubles are held as
 * their bits. Late facts (with a time before the last one's) count with what is left of them at the
 * last one's time, so that sums do not depend on the order of arrival. Immutable; the record is the
 * state.
 */
interface Aggregate {

    /** Words of the record. */
    int words();

    /** Words of argument that one fact brings. */
    int args();

    /**
     * Milliseconds in which half of what it holds fades; infinite for what does not fade. The first
     * word of one that fades is the time as of which the others stand.
     */
    default double halfLifeMs() {
        return Double.POSITIVE_INFINITY;
    }

    /** What is left at a time of the amounts held: a factor, 1 for what does not fade. */
    default double left(long[] record, int at, long now) {
        double halfLifeMs = halfLifeMs();
        return Double.isInfinite(halfLifeMs) ? 1 : Decay.factor(now - record[at], halfLifeMs);
    }

    /**
     * Takes a fact in.
     *
     * @param record the entity's record
     * @param at where this aggregate begins in it
     * @param time the fact's, epoch milliseconds, never negative
     * @param args what the fact brings
     * @param from where this aggregate's argument begins in {@code args}
     */
    void update(long[] record, int at, long time, long[] args, int from);

    /** Says what is known as of a time. */
    void describe(long[] record, int at, long now, Figures out);
}
