package io.sluice.state.evaluate;

import java.util.Arrays;

/**
 * The AUC by blocks, exact for every resampling.
 *
 * <p>An AUC is a mean over pairs, and the two of a pair may stand in different blocks; so it is no
 * sum over blocks, and the mean of each block's own AUC is another figure. Kept is the matrix of
 * pairs: {@code won[a][b]}, the weight of the pairs of a positive in block a and a negative in
 * block b that are in the right order, ties half. With block b drawn m(b) times
 *
 * <pre>AUC = Σₐ Σ_b m(a)·m(b)·won[a][b] / (Σₐ m(a)·positives[a] · Σ_b m(b)·negatives[b])</pre>
 *
 * which is what sorting the resampled run anew would give. The blocks are the clusters of
 * Obuchowski, Biometrics 53 (1997), who compares two AUCs on the same clusters; here they are
 * resampled instead of put into her formula for the variance, so that all figures have intervals of
 * one kind.
 *
 * <p>O(n log n + positives·blocks) once, at most O(blocks²) a resampling, 8·blocks² bytes.
 */
final class BlockAuc implements BlockFigure {

    private final double[][] won;
    private final double[] positives;
    private final double[] negatives;

    private BlockAuc(double[][] won, double[] positives, double[] negatives) {
        this.won = won;
        this.positives = positives;
        this.negatives = negatives;
    }

    /** Counts the pairs of a log. */
    static BlockAuc of(ScoreLog log, Blocks blocks) {
        int count = blocks.count();
        BlockAuc auc = new BlockAuc(new double[count][count], new double[count], new double[count]);
        int first = blocks.from(0);
        int[] blockOf = new int[blocks.to(count - 1) - first];
        for (int b = 0; b < count; b++) {
            Arrays.fill(blockOf, blocks.from(b) - first, blocks.to(b) - first, b);
        }
        auc.count(log, first, blockOf);
        return auc;
    }

    private void count(ScoreLog log, int first, int[] blockOf) {
        long[] order = ascending(log, first, blockOf.length);
        double[] below = new double[negatives.length];
        int from = 0;
        while (from < order.length) {
            int to = from;
            int tie = (int) (order[from] >> 32);
            while (to < order.length && (int) (order[to] >> 32) == tie) {
                to++;
            }
            // Half of those tied count as below while the positives of the tie are counted.
            addNegatives(log, first, blockOf, order, from, to, below);
            for (int k = from; k < to; k++) {
                int i = (int) order[k];
                float weight = log.weight(first + i);
                if (log.label(first + i) > 0.5f) {
                    double[] row = won[blockOf[i]];
                    for (int b = 0; b < row.length; b++) {
                        row[b] += weight * below[b];
                    }
                    positives[blockOf[i]] += weight;
                } else {
                    negatives[blockOf[i]] += weight;
                }
            }
            addNegatives(log, first, blockOf, order, from, to, below);
            from = to;
        }
    }

    private static void addNegatives(
            ScoreLog log, int first, int[] blockOf, long[] order, int from, int to, double[] half) {
        for (int k = from; k < to; k++) {
            int i = (int) order[k];
            if (log.label(first + i) <= 0.5f) {
                half[blockOf[i]] += log.weight(first + i) / 2;
            }
        }
    }

    private static long[] ascending(ScoreLog log, int first, int size) {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            // Predictions are not negative, so their bits are in their order; -0 becomes 0.
            order[i] = ((long) Float.floatToIntBits(log.prediction(first + i) + 0f) << 32) | i;
        }
        Arrays.sort(order);
        return order;
    }

    /** How much larger this AUC is than another one of the same examples. */
    BlockAuc minus(BlockAuc other) {
        double[][] differences = new double[won.length][];
        for (int a = 0; a < won.length; a++) {
            differences[a] = won[a].clone();
            for (int b = 0; b < won.length; b++) {
                differences[a][b] -= other.won[a][b];
            }
        }
        return new BlockAuc(differences, positives, negatives);
    }

    @Override
    public int blocks() {
        return won.length;
    }

    @Override
    public double value(int[] times) {
        double sum = 0;
        double positive = 0;
        double negative = 0;
        for (int a = 0; a < won.length; a++) {
            positive += times[a] * positives[a];
            negative += times[a] * negatives[a];
            if (times[a] > 0) {
                double[] row = won[a];
                double against = 0;
                for (int b = 0; b < row.length; b++) {
                    against += times[b] * row[b];
                }
                sum += times[a] * against;
            }
        }
        return positive == 0 || negative == 0 ? Double.NaN : sum / (positive * negative);
    }
}
