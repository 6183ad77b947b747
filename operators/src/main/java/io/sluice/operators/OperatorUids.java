package io.sluice.operators;

/**
 * The uids of the operators: a checkpoint finds its state again by them, so they never change.
 *
 * <p>A removed operator's uid is not used again for another one.
 */
public final class OperatorUids {

    /** Reads the topics. */
    public static final String SOURCE = "train-source";

    /** Sets aside what could not be read. */
    public static final String ROUTE = "train-route";

    /** Joins impressions with their feedback. */
    public static final String JOIN = "train-join";

    /** Sets repeated interactions aside. */
    public static final String REPETITIONS = "train-repetitions";

    /** Turns what the join found into facts, and asks for values. */
    public static final String FACTS = "train-facts";

    /** Turns interactions into facts, and asks for values. */
    public static final String INTERACTION_FACTS = "train-interaction-facts";

    /** Keeps the records of entities. */
    public static final String RECORDS = "train-records";

    /** Keeps the records that follow those. */
    public static final String FOLLOWING_RECORDS = "train-following-records";

    /** Gives what the join found its streaming values. */
    public static final String VALUES = "train-values";

    /** Gives interactions their streaming values. */
    public static final String INTERACTION_VALUES = "train-interaction-values";

    /** Encodes what the join found. */
    public static final String ENCODE = "train-encode";

    /** Encodes interactions. */
    public static final String ENCODE_INTERACTIONS = "train-encode-interactions";

    /** Learns. */
    public static final String LEARN = "train-learn";

    /** Gathers scores into windows. */
    public static final String SCORE_WINDOWS = "train-score-windows";

    /** Writes pages. */
    public static final String MODEL_SINK = "train-sink-model";

    /** Writes scores. */
    public static final String SCORES_SINK = "train-sink-scores";

    /** Writes alarms of drift. */
    public static final String DRIFT_SINK = "train-sink-drift";

    /** Writes dead letters. */
    public static final String DEAD_LETTERS_SINK = "train-sink-dead-letters";

    /** Reads the topics, in the features job. */
    public static final String FEATURES_SOURCE = "features-source";

    /** Sets aside what could not be read. */
    public static final String FEATURES_ROUTE = "features-route";

    /** Joins impressions with their feedback. */
    public static final String FEATURES_JOIN = "features-join";

    /** Sets repeated interactions aside. */
    public static final String FEATURES_REPETITIONS = "features-repetitions";

    /** Turns what the join found into facts. */
    public static final String FEATURES_FACTS = "features-facts";

    /** Turns interactions into facts. */
    public static final String FEATURES_INTERACTION_FACTS = "features-interaction-facts";

    /** Keeps the records of entities. */
    public static final String FEATURES_RECORDS = "features-records";

    /** Keeps the records that follow those. */
    public static final String FEATURES_FOLLOWING_RECORDS = "features-following-records";

    /** Writes records. */
    public static final String FEATURES_SINK = "features-sink";

    /** Writes dead letters. */
    public static final String FEATURES_DEAD_LETTERS_SINK = "features-sink-dead-letters";

    /** Reads requests. */
    public static final String RERANK_SOURCE = "rerank-source";

    /** Sets aside requests that nobody could be told about. */
    public static final String RERANK_ROUTE = "rerank-route";

    /** Answers. */
    public static final String RERANK = "rerank-answer";

    /** Writes replies and impressions. */
    public static final String RERANK_SINK = "rerank-sink";

    /** Writes dead letters. */
    public static final String RERANK_DEAD_LETTERS_SINK = "rerank-sink-dead-letters";

    private OperatorUids() {}
}
