package io.sluice.state.evaluate;

import java.util.Arrays;

/**
 * The exact AUC of every prefix of a run: of the first example, the first two, and so on.
 *
 * <p>Two Fenwick trees over the ranks of the predictions hold the weight of the positives and of
 * the negatives seen so far (Fenwick, Software: Practice and Experience 24, 1994). A new positive
 * wins against the negatives ranked below it and half of those tied with it; a new negative is
 * beaten by the positives above. O(log n) an example after sorting once, where asking {@link
 * ExactAuc} at each point would take O(n log n) each time. Not thread-safe.
 */
public final class PrefixAuc {

    private final ScoreLog log;
    private final int[] ranks;
    private final double[] positives;
    private final double[] negatives;
    private double positive;
    private double negative;
    private double won;
    private int next;

    /** Starts before the first example of a log, which must not grow any more. */
    public PrefixAuc(ScoreLog log) {
        this.log = log;
        int n = log.size();
        float[] sorted = new float[n];
        for (int i = 0; i < n; i++) {
            sorted[i] = log.prediction(i);
        }
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        ranks = new int[n];
        for (int i = 0; i < n; i++) {
            // From 1, as the trees count.
            ranks[i] = 1 + Arrays.binarySearch(sorted, 0, distinct, log.prediction(i));
        }
        positives = new double[distinct + 1];
        negatives = new double[distinct + 1];
    }

    /** Goes on to the first {@code length} examples, never back; their AUC, or NaN. */
    public double advance(int length) {
        for (; next < length; next++) {
            add(ranks[next], log.label(next) > 0.5f, log.weight(next));
        }
        return positive == 0 || negative == 0 ? Double.NaN : won / (positive * negative);
    }

    private void add(int rank, boolean isPositive, double weight) {
        double[] others = isPositive ? negatives : positives;
        double below = sum(others, rank - 1);
        double tied = sum(others, rank) - below;
        if (isPositive) {
            won += weight * (below + tied / 2);
            positive += weight;
            add(positives, rank, weight);
        } else {
            won += weight * (positive - below - tied / 2);
            negative += weight;
            add(negatives, rank, weight);
        }
    }

    private static double sum(double[] tree, int rank) {
        double sum = 0;
        for (int i = rank; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }

    private static void add(double[] tree, int rank, double weight) {
        for (int i = rank; i < tree.length; i += i & -i) {
            tree[i] += weight;
        }
    }
}
