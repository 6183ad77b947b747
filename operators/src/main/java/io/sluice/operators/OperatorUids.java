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

    /** Writes dead letters. */
    public static final String DEAD_LETTERS_SINK = "train-sink-dead-letters";

    private OperatorUids() {}
}
