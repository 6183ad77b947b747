package io.sluice.jobs.quickstart;

import java.util.function.IntToDoubleFunction;

/**
 * How far down a list people look.
 *
 * <p>The item at 0-based position j is examined with probability {@code 1 / log₂(j + 2)}: the first
 * always, the third every other time, the eighth one time in three. It is clicked when it is
 * examined and liked, independently of its neighbours (the examination hypothesis; Craswell et al.,
 * "An Experimental Comparison of Click Position-Bias Models", WSDM 2008).
 */
final class PositionBias {

    private PositionBias() {}

    /** Probability that the item at a 0-based position is looked at, in (0, 1]. */
    static double examination(int position) {
        return Math.log(2) / Math.log(position + 2.0);
    }

    /**
     * Expected clicks on a list.
     *
     * @param length how many items are shown
     * @param appeal probability that the item at a position is clicked once examined
     */
    static double expectedClicks(int length, IntToDoubleFunction appeal) {
        double clicks = 0;
        for (int position = 0; position < length; position++) {
            clicks += examination(position) * appeal.applyAsDouble(position);
        }
        return clicks;
    }
}
