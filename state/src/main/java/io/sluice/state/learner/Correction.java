package io.sluice.state.learner;

import io.sluice.state.model.Lesson;
import io.sluice.state.model.Taken;

/** How a label that comes late makes up for the negative that was learnt in its place. */
public enum Correction {
    /** What was learnt is undone, and the positive learnt. */
    RETRACT(1),
    /** Both are weighed so that they settle where true labels settle. */
    WEIGH(2);

    private final int code;

    Correction(int code) {
        this.code = code;
    }

    /** The correction's number in bytes, 1 to 127: never renumber. */
    public int code() {
        return code;
    }

    /** The correction with this number, or null. */
    public static Correction ofCode(int code) {
        for (Correction correction : values()) {
            if (correction.code == code) {
                return correction;
            }
        }
        return null;
    }

    /** What is learnt when the item was shown. */
    public Lesson first() {
        return switch (this) {
            case RETRACT -> Lesson.NEGATIVE;
            case WEIGH -> Lesson.WEIGHTED_NEGATIVE;
        };
    }

    /**
     * What is learnt when it turns out to be a positive.
     *
     * @param first what was learnt by {@link #first} as a plain negative
     */
    public Lesson second(Taken first) {
        return switch (this) {
            case RETRACT -> Lesson.retraction(first);
            case WEIGH -> Lesson.WEIGHTED_POSITIVE;
        };
    }
}
