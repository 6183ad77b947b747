package io.sluice.state.model;

/**
 * What an example says of its label, and the gradient of its loss by the log-odds; p is the
 * probability of label 1 that the model predicts before the step.
 *
 * <p>Where a label may still change, a shown item is learnt as a negative at once, and what follows
 * when it turns out to be a positive makes up for that. Both pairs below have the gradient p − q in
 * expectation, q being the true probability, so both settle where the plain one settles:
 *
 * <ul>
 *   <li>{@link #NEGATIVE} and {@link #RETRACTION}: p from all that is shown, −1 from q of it.
 *   <li>{@link #WEIGHTED_NEGATIVE} and {@link #WEIGHTED_POSITIVE}: the fake-negative weighted loss
 *       {@code −[y(1 + p) ln f + (1 − y)(1 − p)(1 + p) ln(1 − f)]}, f the model and p = f held
 *       constant (Ktena et al., "Addressing Delayed Feedback for Continuous Training with Neural
 *       Networks in CTR prediction", RecSys 2019): p(1 − p²) from all that is shown, −(1 − p²) from
 *       q of it; together (1 − p²)(p − q).
 * </ul>
 */
public enum Lesson {
    /** Label 0. */
    NEGATIVE(0) {
        @Override
        public double gradient(double p) {
            return p;
        }
    },
    /** Label 1. */
    POSITIVE(1) {
        @Override
        public double gradient(double p) {
            return p - 1;
        }
    },
    /** Label 1 of what was learnt as {@link #NEGATIVE}, which is undone. */
    RETRACTION(1) {
        @Override
        public double gradient(double p) {
            return -1;
        }
    },
    /** Label 0 of what may become a positive yet. */
    WEIGHTED_NEGATIVE(0) {
        @Override
        public double gradient(double p) {
            return p * (1 - p * p);
        }
    },
    /** Label 1 of what was learnt as {@link #WEIGHTED_NEGATIVE}. */
    WEIGHTED_POSITIVE(1) {
        @Override
        public double gradient(double p) {
            return p * p - 1;
        }
    };

    private final int label;

    Lesson(int label) {
        this.label = label;
    }

    /** The lesson of a label that will not change. */
    public static Lesson of(double label) {
        return label > 0 ? POSITIVE : NEGATIVE;
    }

    /** The label, 0 or 1. */
    public int label() {
        return label;
    }

    /** Whether the same example was learnt before, with label 0. */
    public boolean isSecond() {
        return this == RETRACTION || this == WEIGHTED_POSITIVE;
    }

    /** The gradient of the loss by the log-odds, −1 to 1, at the predicted probability p. */
    public abstract double gradient(double p);
}
