package io.sluice.operators.serde;

/** Which of the three event formats a topic carries. */
public enum TopicKind {
    /** Lists of items that were shown. */
    IMPRESSIONS,
    /** What users did with shown items. */
    FEEDBACK,
    /** Labelled examples that need no join. */
    INTERACTIONS
}
