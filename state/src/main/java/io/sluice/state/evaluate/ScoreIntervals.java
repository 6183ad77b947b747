package io.sluice.state.evaluate;

/**
 * Confidence intervals of a run's figures, or of how much larger they are than another run's.
 *
 * @param logloss of the mean logistic loss
 * @param auc of the area under the ROC curve
 * @param slates of the figures of slates; null without slates
 */
public record ScoreIntervals(Interval logloss, Interval auc, SlateIntervals slates) {}
