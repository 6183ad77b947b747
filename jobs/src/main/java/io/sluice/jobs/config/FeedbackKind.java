package io.sluice.jobs.config;

import io.sluice.state.check.Checks;

/**
 * One kind of feedback.
 *
 * @param label 1: makes the shown item a positive; 0: an explicit negative
 * @param windowMs how long after the impression it counts, 1000 to 2592000000 (30 days)
 */
public record FeedbackKind(int label, long windowMs) {

    public FeedbackKind {
        Checks.inRange("label", label, 0, 1);
        Checks.inRange("windowMs", windowMs, 1000, 2_592_000_000L);
    }
}
