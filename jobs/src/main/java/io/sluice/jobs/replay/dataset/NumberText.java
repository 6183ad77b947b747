package io.sluice.jobs.replay.dataset;

/**
 * What a field says as a number.
 *
 * <p>Codes that look like numbers stay texts, since as numbers they would lose something: a leading
 * zero (007) or digits beyond the precision of a double (12345678901234567).
 */
enum NumberText {
    /** Digits only, with or without a sign. */
    INTEGER,
    /** With a decimal point or an exponent. */
    FRACTION,
    /** NaN or an infinity, written in one of the usual ways. */
    NOT_FINITE,
    /** Anything else. */
    NONE;

    private static final int MAX_DIGITS = 15;

    /** What this non-empty field is. */
    static NumberText of(String field) {
        int length = field.length();
        int at = field.charAt(0) == '-' ? 1 : 0;
        int whole = digits(field, at);
        int next = at + whole;
        if (whole > 1 && field.charAt(at) == '0') {
            return NONE;
        }
        if (next == length) {
            return whole > 0 && whole <= MAX_DIGITS ? INTEGER : ofWord(field);
        }
        int fraction = 0;
        if (field.charAt(next) == '.') {
            fraction = digits(field, next + 1);
            next += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return ofWord(field);
        }
        if (next < length) {
            int exponent = exponent(field, next);
            if (exponent < 0) {
                return NONE;
            }
        }
        return Double.isFinite(Double.parseDouble(field)) ? FRACTION : NOT_FINITE;
    }

    /** Length of an exponent that ends the field; -1 when it is none. */
    private static int exponent(String field, int from) {
        if (field.charAt(from) != 'e' && field.charAt(from) != 'E') {
            return -1;
        }
        int at = from + 1;
        if (at < field.length() && (field.charAt(at) == '+' || field.charAt(at) == '-')) {
            at++;
        }
        int count = digits(field, at);
        return count > 0 && at + count == field.length() ? count : -1;
    }

    private static int digits(String field, int from) {
        int at = from;
        while (at < field.length() && field.charAt(at) >= '0' && field.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private static NumberText ofWord(String field) {
        String word = field.startsWith("-") || field.startsWith("+") ? field.substring(1) : field;
        return word.equalsIgnoreCase("nan")
                        || word.equalsIgnoreCase("inf")
                        || word.equalsIgnoreCase("infinity")
                ? NOT_FINITE
                : NONE;
    }
}
