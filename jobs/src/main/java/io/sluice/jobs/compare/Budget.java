package io.sluice.jobs.compare;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size of memory.
 *
 * @param text as it was written, for the configuration
 * @param bytes what it means
 */
record Budget(String text, long bytes) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KIB|MIB|GIB)?");

    /** Reads {@code 4096}, {@code 64KiB}, {@code 1 MiB}, {@code 2GiB}. */
    static Budget parse(String text) {
        Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (size.matches()) {
            int shift = size.group(2) == null ? 0 : 10 * "BKMG".indexOf(size.group(2).charAt(0));
            long number = Long.parseLong(size.group(1));
            if (number > 0 && number <= Long.MAX_VALUE >> shift) {
                return new Budget(text.strip(), number << shift);
            }
        }
        throw new IllegalArgumentException(
                "--budgets must be sizes above 0 such as 512KiB, 4MiB or 1GiB, found \"%s\""
                        .formatted(text));
    }
}
