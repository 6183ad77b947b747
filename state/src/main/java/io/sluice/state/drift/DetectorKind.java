package io.sluice.state.drift;

/** Which detector watches the surprise. */
public enum DetectorKind {
    /** None. */
    NONE(0),
    /** A window that is cut where its two parts differ (Bifet and Gavaldà 2007). */
    ADWIN(1),
    /** A cumulative sum against the mean so far (Page 1954; Hinkley 1971). */
    PAGE_HINKLEY(2);

    private final int code;

    DetectorKind(int code) {
        this.code = code;
    }

    /** The kind's number in bytes: never renumber. */
    public int code() {
        return code;
    }

    /** The kind with this number, or null. */
    public static DetectorKind ofCode(int code) {
        for (DetectorKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
