package io.sluice.state.feature;

/** What a streaming feature says about its entity; {@link StreamingFeature} has the definitions. */
public enum StreamingKind {
    /** How many facts, the older the less. */
    COUNT,
    /** How many facts within a sliding window. */
    WINDOW,
    /** Share of positives, smoothed towards the share of all entities. */
    RATE,
    /** Milliseconds since the last fact. */
    RECENCY,
    /** Whether there was a fact at all: 1 or 0. */
    FLAG,
    /** The last different values of a field, most recent first. */
    LAST,
    /** Share of the last values that the candidate has too. */
    OVERLAP,
    /** Decayed mean of a number of the facts. */
    MEAN,
    /** How far the candidate's number is from the entity's mean, in standard deviations. */
    DISTANCE,
    /** Whether facts come faster than they used to: a logarithm, 0 when they do not. */
    TREND,
    /** The entity's share of all facts: a logarithm. */
    SHARE,
    /** How often the candidate met the user's last items before. */
    TOGETHER,
    /** How often the candidate met the stream's last items before, whosever they were. */
    BESIDE;

    /** Whether it holds keys, each a row of its own; otherwise it is a number. */
    public boolean isKeys() {
        return this == LAST;
    }

    /** Whether it keeps a number of last values. */
    public boolean isSized() {
        return this == LAST || this == OVERLAP || this == TOGETHER || this == BESIDE;
    }

    /** Whether it compares what is stored with the candidate, whatever its scope. */
    public boolean comparesCandidate() {
        return this == OVERLAP || this == DISTANCE || this == TOGETHER || this == BESIDE;
    }
}
