package io.sluice.state.evaluate;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How well one slate was ordered; all NaN when it has no positive, since there is no order to
 * judge.
 *
 * @param ndcgAt10 normalised discounted cumulative gain of the first 10
 * @param reciprocalRank of the first positive
 * @param averagePrecision over all positives
 * @param hitAt10 1 with a positive among the first 10, else 0
 */
record SlateQuality(
        double ndcgAt10, double reciprocalRank, double averagePrecision, double hitAt10) {

    private static final int CUT = 10;
    private static final SlateQuality NONE =
            new SlateQuality(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /**
     * Judges one slate, ordered by prediction, largest first; equal predictions stand in the order
     * of their item ids, so that the figures do not depend on how the slate was listed. O(n log n).
     *
     * @param items ids
     * @param predictions one for each item
     * @param labels 0 or 1 for each item
     */
    static SlateQuality of(String[] items, float[] predictions, float[] labels) {
        Integer[] order = new Integer[items.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingDouble(i -> -predictions[i])
                        .thenComparing(i -> items[i]));
        double gain = 0;
        double precision = 0;
        int positives = 0;
        int first = 0;
        for (int rank = 1; rank <= order.length; rank++) {
            if (labels[order[rank - 1]] > 0.5f) {
                positives++;
                first = first == 0 ? rank : first;
                precision += (double) positives / rank;
                gain += rank <= CUT ? discount(rank) : 0;
            }
        }
        if (positives == 0) {
            return NONE;
        }
        return new SlateQuality(
                gain / ideal(positives), 1.0 / first, precision / positives, first <= CUT ? 1 : 0);
    }

    private static double ideal(int positives) {
        double sum = 0;
        for (int rank = 1; rank <= Math.min(positives, CUT); rank++) {
            sum += discount(rank);
        }
        return sum;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1.0);
    }

    /** Whether it has a positive. */
    boolean isJudged() {
        return !Double.isNaN(ndcgAt10);
    }
}
