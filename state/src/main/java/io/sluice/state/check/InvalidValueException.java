package io.sluice.state.check;

/**
 * A value that a check refused, with its parts apart, so that a caller who collects faults need not
 * take the message to pieces.
 */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String expected;
    private final String found;

    /** Says {@code <field> must be <expected>, found <found>}. */
    public InvalidValueException(String field, String expected, Object found) {
        super(field + " must be " + expected + ", found " + found);
        this.field = field;
        this.expected = expected;
        this.found = String.valueOf(found);
    }

    /** The name the check was given. */
    public String field() {
        return field;
    }

    /** What would have passed, to be read after "must be". */
    public String expected() {
        return expected;
    }

    /** The value that was refused. */
    public String found() {
        return found;
    }
}
