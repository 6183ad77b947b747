/**
 * Learning in a fixed order: predict, score, then learn.
 *
 * <p>{@link io.sluice.state.learner.OnlineLearner} is the deterministic function of (state, event)
 * that the train job, {@code replay} and the tests share. It owns the model and the predictions
 * held for impressions whose outcome is not known yet. It knows no clock and no topic: time comes
 * in with the events, publication when the caller asks for it.
 */
package io.sluice.state.learner;
