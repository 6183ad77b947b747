package io.sluice.jobs.quickstart;

/**
 * How far down a list people look, and how much of it is news to them.
 *
 * <p>The item at 0-based position j is examined with probability {@code 1 / log₂(j + 2)}: the first
 * always, the third every other time, the eighth one time in three (the examination hypothesis;
 * Craswell et al., "An Experimental Comparison of Click Position-Bias Models", WSDM 2008).
 * Examined, it is clicked with its appeal times {@value #REPEATED} to the power of how many of its
 * category were examined above it: who has seen one of a kind wants the next one less.
 */
final class PositionBias {

    /** What is left of the appeal after each item of its category that was examined. */
    static final double REPEATED = 0.3;

    private PositionBias() {}

    /** Probability that the item at a 0-based position is looked at, in (0, 1]. */
    static double examination(int position) {
        return Math.log(2) / Math.log(position + 2.0);
    }

    /** What is left of the appeal, in expectation, below one of its category at a position. */
    static double fresh(int position) {
        return 1 - examination(position) * (1 - REPEATED);
    }
}
