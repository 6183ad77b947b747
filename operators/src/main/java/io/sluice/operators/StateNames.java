package io.sluice.operators;

/** The names under which operators keep state: part of every checkpoint, so they never change. */
public final class StateNames {

    /** Requests whose attribution window is open. */
    public static final String PENDING_REQUEST = "pending-request";

    /** Until when an interaction is remembered, to tell its repetitions from new ones. */
    public static final String SEEN_INTERACTION = "seen-interaction";

    /** Judged predictions of the score window that is not full yet. */
    public static final String OPEN_SCORE_WINDOW = "open-score-window";

    /** Records of entities. */
    public static final String ENTITY_RECORD = "entity-record";

    /** Timers at the ends of entities' lives. */
    public static final String EXPIRY_TIMERS = "entity-expiry";

    /** Messages to entities that wait for event time. */
    public static final String ENTITY_WAITING = "entity-waiting";

    /** Which streaming features the records belong to. */
    public static final String FEATURE_SCHEMA = "feature-schema";

    /** An event that waits for its streaming values, or has them and waits for its labels. */
    public static final String EVENT = "event";

    /** Answers that have come for it. */
    public static final String ANSWERS = "answers";

    /** How many answers are missing. */
    public static final String MISSING_ANSWERS = "missing-answers";

    /** Labels that came before the values. */
    public static final String WAITING_LABELS = "waiting-labels";

    /** How many labels are still to come. */
    public static final String MISSING_LABELS = "missing-labels";

    /** How far the replies had come: one entry for each of their partitions. */
    public static final String REPLY_POSITIONS = "reply-positions";

    private StateNames() {}
}
