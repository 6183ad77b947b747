package io.sluice.state.evaluate;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Ranking quality of whole slates: NDCG@10, MRR, MAP, HR@10.
 *
 * <p>A slate is ordered by prediction, largest first; equal predictions stand in the order of their
 * item ids, so that the figures do not depend on how the slate was listed. Slates without a
 * positive have no order to be judged and are left out. O(n log n) a slate. Not thread-safe.
 */
public final class SlateScore {

    private static final int CUT = 10;

    private long count;
    private double ndcg;
    private double reciprocalRank;
    private double averagePrecision;
    private double hits;

    /**
     * Judges one slate.
     *
     * @param items ids
     * @param predictions one for each item
     * @param labels 0 or 1 for each item
     */
    public void add(String[] items, float[] predictions, float[] labels) {
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
        if (positives > 0) {
            count++;
            ndcg += gain / ideal(positives);
            reciprocalRank += 1.0 / first;
            averagePrecision += precision / positives;
            hits += first <= CUT ? 1 : 0;
        }
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

    /** The means so far; NaN before the first slate. */
    public SlateSummary summary() {
        return new SlateSummary(
                count,
                ndcg / count,
                reciprocalRank / count,
                averagePrecision / count,
                hits / count);
    }
}
