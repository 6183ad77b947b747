package io.sluice.state.join;

/** What is known of a shown slot. The code is part of the checkpoint format: never renumber. */
public enum Outcome {
    /** Nothing yet; becomes a negative when the window has passed. */
    OPEN(0),
    /** A feedback of label 1 came. */
    POSITIVE(1),
    /** A feedback of label 0 came. */
    NEGATIVE(2),
    /** Nothing yet, and taken for a negative; may still become a positive. */
    ASSUMED(3);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    /** Whether a label may still come. */
    public boolean isOpen() {
        return this == OPEN || this == ASSUMED;
    }

    /** The outcome's number in bytes. */
    public int code() {
        return code;
    }

    /** The outcome with this number, or null. */
    public static Outcome ofCode(int code) {
        for (Outcome outcome : values()) {
            if (outcome.code == code) {
                return outcome;
            }
        }
        return null;
    }
}
