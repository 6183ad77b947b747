package io.sluice.state.sparse;

/**
 * The word of a packed row that holds all it needs besides weights.
 *
 * <pre>
 *   bits  0 ..  2   size class
 *         3         in use by the example under way, so it must not go; not part of a checkpoint
 *         4         changed since it was last published; not part of a checkpoint
 *         5 ..  8   age: touches since its width last changed, up to 15
 *         9 .. 12   rest: so many looks of sweeps since it was last touched, up to 15
 *        13 .. 20   scale of int8 values, see {@link RowFormat}
 *        21 .. 31   importance: 6 bits of exponent, 5 of mantissa
 * </pre>
 */
final class RowMarks {

    static final int IN_USE = 1 << 3;
    static final int CHANGED = 1 << 4;
    static final int MOST = 15;

    private static final int CLASS = 7;
    private static final int AGE_AT = 5;
    private static final int REST_AT = 9;
    private static final int SCALE_AT = 13;
    private static final int IMPORTANCE_AT = 21;
    private static final int IMPORTANCE = 0x7ff;

    /** Mantissa bits of a float that the importance has not. */
    private static final int IMPORTANCE_SHIFT = 18;

    /** 2⁻³², the smallest importance above 0. */
    private static final int IMPORTANCE_FROM = (127 - 32) << 5;

    private RowMarks() {}

    static int sizeClass(int marks) {
        return marks & CLASS;
    }

    static int withSizeClass(int marks, int sizeClass) {
        return (marks & ~CLASS) | sizeClass;
    }

    static boolean isInUse(int marks) {
        return (marks & IN_USE) != 0;
    }

    static int age(int marks) {
        return (marks >>> AGE_AT) & MOST;
    }

    static int withAge(int marks, int age) {
        return (marks & ~(MOST << AGE_AT)) | (Math.min(age, MOST) << AGE_AT);
    }

    static int rest(int marks) {
        return (marks >>> REST_AT) & MOST;
    }

    static int withRest(int marks, int rest) {
        return (marks & ~(MOST << REST_AT)) | (Math.min(rest, MOST) << REST_AT);
    }

    /** One touch older, awake again, no longer in use, and to be published. */
    static int touched(int marks) {
        int age = marks & (MOST << AGE_AT);
        int older = age == MOST << AGE_AT ? marks : marks + (1 << AGE_AT);
        return (older & ~(MOST << REST_AT) & ~IN_USE) | CHANGED;
    }

    static int scale(int marks) {
        return (marks >>> SCALE_AT) & 0xff;
    }

    static int withScale(int marks, int scale) {
        return (marks & ~(0xff << SCALE_AT)) | (scale << SCALE_AT);
    }

    static float importance(int marks) {
        int code = marks >>> IMPORTANCE_AT;
        return code == 0 ? 0 : Float.intBitsToFloat((code + IMPORTANCE_FROM) << IMPORTANCE_SHIFT);
    }

    /**
     * Stores an importance, rounded up or down by chance.
     *
     * @param importance not negative
     * @param random whose low 18 bits decide
     */
    static int withImportance(int marks, float importance, int random) {
        int bits = Float.floatToRawIntBits(importance) + (random & ((1 << IMPORTANCE_SHIFT) - 1));
        int code = (bits >>> IMPORTANCE_SHIFT) - IMPORTANCE_FROM;
        int stored = Math.max(0, Math.min(IMPORTANCE, code));
        return (marks & ((1 << IMPORTANCE_AT) - 1)) | (stored << IMPORTANCE_AT);
    }
}
