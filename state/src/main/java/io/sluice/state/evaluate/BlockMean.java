package io.sluice.state.evaluate;

import io.sluice.state.kernel.Activations;

/**
 * A weighted mean, Σ w·x / Σ w, by blocks: a logloss, or a mean over slates. Two doubles a block.
 */
final class BlockMean implements BlockFigure {

    private final double[] sums;
    private final double[] weights;

    private BlockMean(double[] sums, double[] weights) {
        this.sums = sums;
        this.weights = weights;
    }

    /** The mean logistic loss. */
    static BlockMean logloss(ScoreLog log, Blocks blocks) {
        BlockMean mean = empty(blocks);
        for (int b = 0; b < blocks.count(); b++) {
            for (int i = blocks.from(b); i < blocks.to(b); i++) {
                double loss = Activations.logLoss(log.prediction(i), log.label(i));
                mean.sums[b] += log.weight(i) * loss;
                mean.weights[b] += log.weight(i);
            }
        }
        return mean;
    }

    /** The mean of values of which those that are NaN don't count. */
    static BlockMean of(double[] values, Blocks blocks) {
        BlockMean mean = empty(blocks);
        for (int b = 0; b < blocks.count(); b++) {
            for (int i = blocks.from(b); i < blocks.to(b); i++) {
                if (!Double.isNaN(values[i])) {
                    mean.sums[b] += values[i];
                    mean.weights[b]++;
                }
            }
        }
        return mean;
    }

    private static BlockMean empty(Blocks blocks) {
        return new BlockMean(new double[blocks.count()], new double[blocks.count()]);
    }

    /** How much larger this mean is than another one with the same weights. */
    BlockMean minus(BlockMean other) {
        double[] differences = sums.clone();
        for (int b = 0; b < differences.length; b++) {
            differences[b] -= other.sums[b];
        }
        return new BlockMean(differences, weights);
    }

    @Override
    public int blocks() {
        return sums.length;
    }

    @Override
    public double value(int[] times) {
        double sum = 0;
        double weight = 0;
        for (int b = 0; b < sums.length; b++) {
            sum += times[b] * sums[b];
            weight += times[b] * weights[b];
        }
        return sum / weight;
    }
}
