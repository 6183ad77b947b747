package io.sluice.state.evaluate;

/**
 * A sum over places of self-normalised means, {@code Σ_k (N_k/N) Σ w·x / Σ w}, by blocks. The k-th
 * term is the mean of what happened at place k, weighed by w; N_k counts the lists that have such a
 * place. 3·K + 1 doubles a block.
 */
final class BlockRatios implements BlockFigure {

    private final double[][] weighted; // by block, then by place
    private final double[][] weights;
    private final double[][] present;
    private final double[] lists;

    BlockRatios(int blocks, int places) {
        weighted = new double[blocks][places];
        weights = new double[blocks][places];
        present = new double[blocks][places];
        lists = new double[blocks];
    }

    /** Adds one list to a block. */
    void add(int block, double[] weight, double[] value) {
        for (int k = 0; k < weight.length; k++) {
            weighted[block][k] += weight[k] * value[k];
            weights[block][k] += weight[k];
            present[block][k]++;
        }
        lists[block]++;
    }

    @Override
    public int blocks() {
        return lists.length;
    }

    @Override
    public double value(int[] times) {
        double all = 0;
        for (int b = 0; b < times.length; b++) {
            all += times[b] * lists[b];
        }
        double sum = 0;
        for (int k = 0; k < weights[0].length; k++) {
            double x = 0;
            double w = 0;
            double n = 0;
            for (int b = 0; b < times.length; b++) {
                x += times[b] * weighted[b][k];
                w += times[b] * weights[b][k];
                n += times[b] * present[b][k];
            }
            // Nothing of what the policy would show there was ever shown: nothing is known.
            sum += n == 0 ? 0 : n / all * (x / w);
        }
        return sum;
    }
}
