package io.sluice.state.check;

import java.io.IOException;

/** Bytes that were read are not what was written, or were written by something else. */
public final class CorruptStateException extends IOException {

    private static final long serialVersionUID = 1;

    /** Says what was found and what was expected. */
    public CorruptStateException(String message) {
        super(message);
    }

    /** Returns the value if it is finite. */
    public static float finite(String what, float value) throws CorruptStateException {
        if (!Float.isFinite(value)) {
            throw new CorruptStateException(
                    "model state: %s is %s, expected a finite number".formatted(what, value));
        }
        return value;
    }
}
