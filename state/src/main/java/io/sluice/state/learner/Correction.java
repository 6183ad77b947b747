package io.sluice.state.learner;

import io.sluice.state.model.Lesson;

/** How a label that comes late makes up for the negative that was learnt in its place. */
public enum Correction {
    /** What was learnt is undone, and the positive learnt. */
    RETRACT(1, Lesson.NEGATIVE, Lesson.RETRACTION),
    /** Both are weighed so that they settle where true labels settle. */
    WEIGH(2, Lesson.WEIGHTED_NEGATIVE, Lesson.WEIGHTED_POSITIVE);

    private final int code;
    private final Lesson first;
    private final Lesson second;

    Correction(int code, Lesson first, Lesson second) {
        this.code = code;
        this.first = first;
        this.second = second;
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
        return first;
    }

    /** What is learnt when it turns out to be a positive. */
    public Lesson second() {
        return second;
    }
}
