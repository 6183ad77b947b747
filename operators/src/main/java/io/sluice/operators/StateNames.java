package io.sluice.operators;

/** The names under which operators keep state: part of every checkpoint, so they never change. */
public final class StateNames {

    /** Requests whose attribution window is open. */
    public static final String PENDING_REQUEST = "pending-request";

    /** Until when an interaction is remembered, to tell its repetitions from new ones. */
    public static final String SEEN_INTERACTION = "seen-interaction";

    /** Judged predictions of the score window that is not full yet. */
    public static final String OPEN_SCORE_WINDOW = "open-score-window";

    private StateNames() {}
}
