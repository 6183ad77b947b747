package io.sluice.state.model;

import java.util.function.DoubleUnaryOperator;

/**
 * What an example says of its label, and the gradient of its loss by the log-odds; p is the
 * probability of label 1 that the model predicts before the step.
 *
 * <p>Where a label may still change, a shown item is learnt as a negative at once, and what follows
 * when it turns out to be a positive makes up for that. Both pairs below have the gradient p − q in
 * expectation, q being the true probability, so both settle where the plain one settles:
 *
 * <ul>
 *   <li>{@link #NEGATIVE} and {@link #retraction}: p from all that is shown; from q of it, later,
 *       that p taken back along what it was learnt along ({@link Taken}), and the p − 1 of a
 *       positive.
 *   <li>{@link #WEIGHTED_NEGATIVE} and {@link #WEIGHTED_POSITIVE}: the fake-negative weighted loss
 *       {@code −[y(1 + p) ln f + (1 − y)(1 − p)(1 + p) ln(1 − f)]}, f the model and p = f held
 *       constant (Ktena et al., "Addressing Delayed Feedback for Continuous Training with Neural
 *       Networks in CTR prediction", RecSys 2019): p(1 − p²) from all that is shown, −(1 − p²) from
 *       q of it; together (1 − p²)(p − q).
 * </ul>
 *
 * @param label 0 or 1
 * @param isSecond whether the same example was learnt before, with label 0
 * @param slope the gradient at each p
 * @param taken what of that gradient takes an earlier step back; null where nothing does
 */
public record Lesson(int label, boolean isSecond, DoubleUnaryOperator slope, Taken taken) {

    private Lesson(int label, boolean isSecond, DoubleUnaryOperator slope) {
        this(label, isSecond, slope, null);
    }

    /** Label 0. */
    public static final Lesson NEGATIVE = new Lesson(0, false, p -> p);

    /** Label 1. */
    public static final Lesson POSITIVE = new Lesson(1, false, p -> p - 1);

    /** Label 0 of what may become a positive yet. */
    public static final Lesson WEIGHTED_NEGATIVE = new Lesson(0, false, p -> p * (1 - p * p));

    /** Label 1 of what was learnt as {@link #WEIGHTED_NEGATIVE}. */
    public static final Lesson WEIGHTED_POSITIVE = new Lesson(1, true, p -> p * p - 1);

    /**
     * Label 1 of what was learnt as {@link #NEGATIVE}, whose gradient is taken back.
     *
     * @param taken that gradient, the probability that was predicted then
     */
    public static Lesson retraction(Taken taken) {
        return new Lesson(1, true, p -> p - 1 - taken.gradient(), taken);
    }

    /** The lesson of a label that will not change. */
    public static Lesson of(double label) {
        return label > 0 ? POSITIVE : NEGATIVE;
    }

    /** The gradient of the loss by the log-odds, −2 to 1, at the predicted probability p. */
    public double gradient(double p) {
        return slope.applyAsDouble(p);
    }
}
