package io.sluice.state.evaluate;

import io.sluice.state.kernel.Activations;

/**
 * Logloss, AUC, normalised entropy and calibration of predictions that were made before their
 * labels were learnt (progressive validation: Blum, Kalai, Langford, COLT 1999).
 *
 * <p>Sums are doubles in the order of the stream; the AUC is exact. Not thread-safe.
 */
public final class ProgressiveScore {

    private final ExactAuc auc = new ExactAuc();
    private long examples;
    private double weight;
    private double loss;
    private double labels;
    private double predictions;

    /** Adds a prediction in [0, 1], a label of 0 or 1, and how many examples it stands for. */
    public void add(float prediction, float label, float weight) {
        examples++;
        this.weight += weight;
        loss += weight * Activations.logLoss(prediction, label);
        labels += weight * label;
        predictions += weight * prediction;
        auc.add(prediction, label, weight);
    }

    /** How many were added. */
    public long examples() {
        return examples;
    }

    /** The figures so far; all NaN but the count before the first example. */
    public Summary summary() {
        double rate = labels / weight;
        double entropy = -(rate * Math.log(rate) + (1 - rate) * Math.log1p(-rate));
        double logloss = loss / weight;
        return new Summary(
                examples,
                logloss,
                auc.value(),
                logloss / entropy,
                labels == 0 ? Double.NaN : predictions / labels);
    }
}
