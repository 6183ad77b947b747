package io.sluice.state.evaluate;

/**
 * The simplest predictor: the rate of positives so far, {@code (positives + ½) / (examples + 1)}.
 * What a model has to beat. Not thread-safe.
 */
public final class RunningRate {

    private double positives;
    private double examples;

    /** The probability of label 1, in (0, 1). */
    public double predict() {
        return (positives + 0.5) / (examples + 1);
    }

    /** Counts a label of 0 or 1 that stands for {@code weight} examples. */
    public void learn(float label, float weight) {
        positives += weight * label;
        examples += weight;
    }
}
