package io.sluice.state.event;

/** Something that happened and was read whole: the input of training. */
public sealed interface StreamEvent permits Impression, Feedback, Interaction {

    /** When it happened, in epoch milliseconds, UTC. */
    long timestamp();
}
