package io.sluice.state.evaluate;

import java.util.Arrays;

/**
 * Area under the ROC curve over all predictions given: the chance that a positive was ranked above
 * a negative, ties counted half (Hanley and McNeil, Radiology 143, 1982).
 *
 * <p>Keeps every prediction, 12 bytes each; {@link #value} sorts a copy, O(n log n). Weights count
 * as that many examples.
 */
public final class ExactAuc {

    private float[] predictions = new float[1024];
    private float[] labels = new float[1024];
    private float[] weights = new float[1024];
    private int size;

    /** Adds a prediction of any finite value, a label of 0 or 1, a positive weight. */
    public void add(float prediction, float label, float weight) {
        if (size == predictions.length) {
            int capacity = size * 2;
            predictions = Arrays.copyOf(predictions, capacity);
            labels = Arrays.copyOf(labels, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
        predictions[size] = prediction;
        labels[size] = label;
        weights[size++] = weight;
    }

    /** The area, in [0, 1]; NaN while one of the two labels has not occurred. */
    public double value() {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = ((long) sortable(predictions[i]) << 32) | i;
        }
        Arrays.sort(order);
        double below = 0;
        double won = 0;
        double positives = 0;
        int i = 0;
        while (i < size) {
            double tiedPositives = 0;
            double tiedNegatives = 0;
            int tie = (int) (order[i] >> 32);
            for (; i < size && (int) (order[i] >> 32) == tie; i++) {
                int at = (int) order[i];
                if (labels[at] > 0.5f) {
                    tiedPositives += weights[at];
                } else {
                    tiedNegatives += weights[at];
                }
            }
            won += tiedPositives * (below + tiedNegatives / 2);
            below += tiedNegatives;
            positives += tiedPositives;
        }
        return positives == 0 || below == 0 ? Double.NaN : won / (positives * below);
    }

    /** Maps floats to ints of the same order; -0 and 0 become equal. */
    private static int sortable(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits < 0 ? bits ^ 0x7fffffff : bits;
    }
}
