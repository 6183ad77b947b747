package io.sluice.state.rank;

/** A {@link ShortlistScorer} had no answer; the order so far stands. */
public final class ScorerFaultException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why there was none; the name is the reason in a reply. */
    public enum Fault {
        /** None came in time. */
        SCORER_TIMEOUT,
        /** It could not be reached, or refused. */
        SCORER_FAILED,
        /** What it said names no candidate. */
        SCORER_UNREADABLE
    }

    private final Fault fault;

    /** A fault, and what was found. */
    public ScorerFaultException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** A fault that something else caused. */
    public ScorerFaultException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** Why there was no answer. */
    public Fault fault() {
        return fault;
    }
}
