package io.sluice.jobs.replay.dataset;

/** Which file of a folder holds the examples. */
public enum ExampleKind {
    /** Labelled events, each predicted and learnt by itself. */
    INTERACTIONS,
    /** Lists, each predicted whole before any of its labels is learnt. */
    SLATES;

    /** As in the configuration and on the command line. */
    public String word() {
        return this == SLATES ? "slates" : "interactions";
    }
}
