package io.sluice.state.rank;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How likely a place is looked at, θ(k), against the first place: estimated online from what chance
 * has put there.
 *
 * <p>A click needs a look and an item worth clicking (position-based model; Craswell et al., WSDM
 * 2008). Where chance alone chose the item, the share of clicks at a place, weighed by the inverse
 * of its propensity, is θ(k) times a constant (Joachims, Swaminathan and Schnabel, WSDM 2017). Only
 * slots with a propensity of at most {@value #CHANCE} count: places of a greedy list say how good
 * the list is, not how far people look. So without exploration θ is 1 everywhere, and nothing is
 * corrected. Sums fade with {@value #DECAY} a slate. Not thread-safe.
 */
public final class Examination {

    /** Least θ, so that no weight is larger than its inverse. */
    public static final double LEAST = 0.1;

    private static final double CHANCE = 0.5;
    private static final double DECAY = 0.9999;
    private static final double MOST_WEIGHT = 100;

    /** Weight of the belief that all places are alike, in slots. */
    private static final double PRIOR = 100;

    /** Places behind it share the last one's estimate. */
    private static final int PLACES = 32;

    private final double[] clicks = new double[PLACES];
    private final double[] weights = new double[PLACES];

    /** Learns from a slate. */
    public void observe(LabelledSlate slate) {
        for (int k = 0; k < PLACES; k++) {
            clicks[k] *= DECAY;
            weights[k] *= DECAY;
        }
        for (int i = 0; i < slate.labels().length; i++) {
            double propensity = slate.propensities()[i];
            if (propensity > 0 && propensity <= CHANCE) {
                int k = Math.min(PLACES - 1, slate.positions()[i]);
                double weight = Math.min(MOST_WEIGHT, 1 / propensity);
                weights[k] += weight;
                clicks[k] += slate.isPositive(i) ? weight : 0;
            }
        }
    }

    /** θ(k), in [{@value #LEAST}, 1], for places from 0. */
    public double at(int place) {
        double click = 0;
        double weight = 0;
        for (int k = 0; k < PLACES; k++) {
            click += clicks[k];
            weight += weights[k];
        }
        if (click == 0) {
            return 1;
        }
        double mean = click / weight;
        double ratio = rate(Math.min(PLACES - 1, place), mean) / rate(0, mean);
        return Math.max(LEAST, Math.min(1, ratio));
    }

    private double rate(int k, double mean) {
        return (clicks[k] + PRIOR * mean) / (weights[k] + PRIOR);
    }

    void write(DataOutput out) throws IOException {
        for (int k = 0; k < PLACES; k++) {
            out.writeDouble(clicks[k]);
            out.writeDouble(weights[k]);
        }
    }

    void read(DataInput in) throws IOException {
        for (int k = 0; k < PLACES; k++) {
            clicks[k] = sum(in);
            weights[k] = sum(in);
        }
    }

    private static double sum(DataInput in) throws IOException {
        double sum = in.readDouble();
        if (!(sum >= 0 && sum < Double.MAX_VALUE)) {
            throw new CorruptStateException(
                    "examination: found a sum of %s, expected 0 or more".formatted(sum));
        }
        return sum;
    }
}
