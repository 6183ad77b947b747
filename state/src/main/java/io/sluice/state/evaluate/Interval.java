package io.sluice.state.evaluate;

/**
 * A figure with its 95 % confidence interval.
 *
 * @param estimate the figure itself
 * @param low lower end; NaN when there was too little to resample
 * @param high upper end; NaN when there was too little to resample
 */
public record Interval(double estimate, double low, double high) {

    /** The mean of values that stand in the order of a stream, by blocks of it. */
    public static Interval ofMean(double[] values) {
        return BlockBootstrap.interval(BlockMean.of(values, Blocks.ofRequests(0, values.length)));
    }

    /** Whether zero lies outside, so that a difference is not noise alone. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    /** Half of the width. */
    public double halfWidth() {
        return (high - low) / 2;
    }
}
