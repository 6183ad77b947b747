package io.sluice.jobs.quickstart;

import java.util.Arrays;

/**
 * Exact percentiles by the nearest rank: the smallest value that at least p % don't exceed.
 *
 * @param count how many values
 * @param p50 the median; NaN without values
 * @param p90 nine of ten values don't exceed it
 * @param p99 99 of 100 don't exceed it
 * @param max the largest
 */
record Percentiles(int count, double p50, double p90, double p99, double max) {

    /** The percentiles of these values; O(n log n). */
    static Percentiles of(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(
                sorted.length,
                rank(sorted, 0.50),
                rank(sorted, 0.90),
                rank(sorted, 0.99),
                rank(sorted, 1));
    }

    private static double rank(long[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
