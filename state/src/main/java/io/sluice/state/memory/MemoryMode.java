package io.sluice.state.memory;

/** Which memory of errors stands behind the model. */
public enum MemoryMode {
    /** None: predictions are the model's own. */
    NONE(0),
    /** Residuals in log-odds under several keys, weighed by a gate. */
    RESIDUAL(1),
    /** The sketch of ReLoop2 (KDD 2023, arXiv 2306.08808) as published. */
    RELOOP2(2);

    private final int code;

    MemoryMode(int code) {
        this.code = code;
    }

    /** The mode's number in bytes: never renumber. */
    public int code() {
        return code;
    }

    /** The mode with this number, or null. */
    public static MemoryMode ofCode(int code) {
        for (MemoryMode mode : values()) {
            if (mode.code == code) {
                return mode;
            }
        }
        return null;
    }
}
