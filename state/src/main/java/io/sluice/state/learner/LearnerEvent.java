package io.sluice.state.learner;

/** What the learner is fed with, in the order of {@link LearnerEventOrder}. */
public sealed interface LearnerEvent permits Exposure, SlateShown, Assumption, Example {

    /** When it became known, epoch milliseconds. */
    long time();

    /** The request it belongs to; empty for an interaction without one. */
    String request();
}
