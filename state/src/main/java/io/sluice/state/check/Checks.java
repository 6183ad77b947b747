package io.sluice.state.check;

/**
 * Argument checks with one voice.
 *
 * <p>Each method returns the checked value, so that a constructor can check and assign in one line,
 * and throws {@link InvalidValueException} with the field, what was expected and what was found:
 *
 * <pre>memory.compensation must be within [0, 1], found 1.5</pre>
 *
 * <p>NaN never passes. All methods are pure and take O(1), but for {@link #finite(String,
 * float[])}, which takes O(length).
 */
public final class Checks {
    private Checks() {}

    /** Requires {@code min <= value <= max}. */
    public static double inRange(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw fault(field, "within [" + plain(min) + ", " + plain(max) + "]", plain(value));
        }
        return value;
    }

    /** Requires {@code min <= value <= max}. */
    public static int inRange(String field, int value, int min, int max) {
        return (int) inRange(field, (long) value, (long) min, (long) max);
    }

    /** Requires {@code min <= value <= max}. */
    public static long inRange(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw fault(field, "within [" + min + ", " + max + "]", value);
        }
        return value;
    }

    /** Requires {@code min < value <= max}. */
    public static double above(String field, double value, double min, double max) {
        if (!(value > min && value <= max)) {
            throw fault(field, "within (" + plain(min) + ", " + plain(max) + "]", plain(value));
        }
        return value;
    }

    /** Requires a finite {@code value > 0}. */
    public static double positive(String field, double value) {
        if (!(value > 0 && value <= Double.MAX_VALUE)) {
            throw fault(field, "positive and finite", plain(value));
        }
        return value;
    }

    /** Requires {@code value > 0}. */
    public static int positive(String field, int value) {
        return (int) positive(field, (long) value);
    }

    /** Requires {@code value > 0}. */
    public static long positive(String field, long value) {
        if (value <= 0) {
            throw fault(field, "positive", value);
        }
        return value;
    }

    /** Requires a finite {@code value >= 0}. */
    public static double notNegative(String field, double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw fault(field, "zero or more and finite", plain(value));
        }
        return value;
    }

    /** Requires {@code value >= 0}. */
    public static int notNegative(String field, int value) {
        return (int) notNegative(field, (long) value);
    }

    /** Requires {@code value >= 0}. */
    public static long notNegative(String field, long value) {
        if (value < 0) {
            throw fault(field, "zero or more", value);
        }
        return value;
    }

    /** Requires neither NaN nor an infinity. */
    public static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw fault(field, "finite", plain(value));
        }
        return value;
    }

    /** Requires neither NaN nor an infinity in any place. */
    public static float[] finite(String field, float[] values) {
        notNull(field, values);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw fault(field + "[" + i + "]", "finite", values[i]);
            }
        }
        return values;
    }

    /** Requires a power of two, at least 1: tables then find their slot by a mask. */
    public static int powerOfTwo(String field, int value) {
        if (value <= 0 || (value & (value - 1)) != 0) {
            throw fault(field, "a power of two", value);
        }
        return value;
    }

    /** Requires {@code actual == expected} for the length of an array or list. */
    public static int length(String field, int actual, int expected) {
        if (actual != expected) {
            throw fault(field, "of length " + expected, actual);
        }
        return actual;
    }

    /** Requires at least one character that is not white space. */
    public static String notBlank(String field, String value) {
        if (value == null || value.isBlank()) {
            throw fault(field, "a non-blank text", value == null ? "null" : '"' + value + '"');
        }
        return value;
    }

    /** Requires anything but null. */
    public static <T> T notNull(String field, T value) {
        if (value == null) {
            throw fault(field, "given", "null");
        }
        return value;
    }

    /** Requires {@code holds}, for conditions that none of the others words. */
    public static void that(boolean holds, String field, String expected, Object found) {
        if (!holds) {
            throw fault(field, expected, found);
        }
    }

    private static IllegalArgumentException fault(String field, String expected, Object found) {
        return new InvalidValueException(field, expected, found);
    }

    /** Writes 1 for 1.0, as a person would in a configuration. */
    private static String plain(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
