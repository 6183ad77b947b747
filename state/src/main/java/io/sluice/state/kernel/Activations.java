package io.sluice.state.kernel;

/** The logistic function, its inverse and the loss that goes with them, safe at the extremes. */
public final class Activations {

    /** Probabilities are kept this far from 0 and 1, so that one surprise costs at most 16 nats. */
    public static final double PROBABILITY_FLOOR = 1e-7;

    private Activations() {}

    /**
     * σ(z) = 1 / (1 + e⁻ᶻ), for any z, never NaN unless z is.
     *
     * <p>By {@link Exponential}: learning goes through here, and its bytes must not depend on the
     * processor. Relative error below 1e-12.
     */
    public static double sigmoid(double z) {
        double e = Exponential.of(-Math.abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }

    /** The log-odds ln(p / (1 − p)) of a probability, clipped to {@link #PROBABILITY_FLOOR}. */
    public static double logit(double p) {
        double clipped = clip(p);
        return Math.log(clipped / (1 - clipped));
    }

    /** Logistic loss in nats of predicting {@code p} for a label in [0, 1]. */
    public static double logLoss(double p, double label) {
        double clipped = clip(p);
        return -(label * Math.log(clipped) + (1 - label) * Math.log1p(-clipped));
    }

    private static double clip(double p) {
        return Math.min(1 - PROBABILITY_FLOOR, Math.max(PROBABILITY_FLOOR, p));
    }
}
