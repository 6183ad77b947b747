package io.sluice.operators.serde;

import io.sluice.state.event.Reason;

/**
 * What is wrong with an input: the field, what it holds and what it should hold. Becomes a dead
 * letter, or an answer to whoever sent it.
 */
public final class BadInputException extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String field;
    private final String found;
    private final String expected;

    /**
     * A fault of one field.
     *
     * @param reason what kind of fault
     * @param field path of the field; {@code value} for the input as a whole
     * @param found what it holds, shortened
     * @param expected what it should hold
     */
    public BadInputException(Reason reason, String field, String found, String expected) {
        // Without a stack trace: it speaks about the input, not about the code.
        super(field + ": found " + found + ", expected " + expected, null, false, false);
        this.reason = reason;
        this.field = field;
        this.found = found;
        this.expected = expected;
    }

    /** What kind of fault. */
    public Reason reason() {
        return reason;
    }

    /** Path of the field; {@code value} for the input as a whole. */
    public String field() {
        return field;
    }

    /** What the field holds, shortened. */
    public String found() {
        return found;
    }

    /** What the field should hold. */
    public String expected() {
        return expected;
    }
}
