package io.sluice.jobs.replay.dataset;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What all values of one column have in common. Add every value, then ask.
 *
 * <p>Distinct values are counted exactly up to {@link #MAX_DISTINCT}; of numbers an evenly spread
 * sample of at most {@value #SAMPLE} is kept for quantiles. Not thread-safe.
 */
public final class ColumnProfile {

    /** Counting distinct values stops here; a column with more is no category. */
    public static final int MAX_DISTINCT = 200_000;

    private static final int SAMPLE = 4096;
    private static final char SEPARATOR = '|';

    private long rows;
    private long present;
    private long integers;
    private long fractions;
    private long notFinite;
    private long words;
    private long separated;
    private final Set<String> distinct = new HashSet<>();
    private final Set<String> parts = new HashSet<>();
    private final double[] sample = new double[SAMPLE];
    private int sampled;
    private long stride = 1;

    /** Adds a field as it stands in the file; empty means unknown. */
    void add(String field) {
        rows++;
        if (field.isEmpty()) {
            return;
        }
        present++;
        switch (NumberText.of(field)) {
            case INTEGER -> {
                integers++;
                addNumber(Double.parseDouble(field));
            }
            case FRACTION -> {
                fractions++;
                addNumber(Double.parseDouble(field));
            }
            case NOT_FINITE -> notFinite++;
            default -> addText(field);
        }
        addDistinct(distinct, field);
    }

    /** Notes that a value was a list, whose parts are added one by one. */
    void addSeveral() {
        separated++;
    }

    private void addText(String field) {
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == ' ') {
                words++;
            }
        }
        words++;
        if (field.indexOf(SEPARATOR) >= 0) {
            separated++;
        }
        // Single values before the first bar are left out: only the order of magnitude matters.
        if (separated > 0) {
            for (String part : field.split("\\|", -1)) {
                addDistinct(parts, part);
            }
        }
    }

    private static void addDistinct(Set<String> set, String value) {
        if (set.size() < MAX_DISTINCT) {
            set.add(value);
        }
    }

    /** Keeps every stride-th number, and doubles the stride when the sample is full. */
    private void addNumber(double number) {
        long index = integers + fractions - 1;
        if (index % stride != 0) {
            return;
        }
        if (sampled == SAMPLE) {
            for (int i = 0; i < SAMPLE / 2; i++) {
                sample[i] = sample[2 * i];
            }
            sampled = SAMPLE / 2;
            stride *= 2;
            if (index % stride != 0) {
                return;
            }
        }
        sample[sampled++] = number;
    }

    /** Rows seen. */
    public long rows() {
        return rows;
    }

    /** Rows with a value. */
    public long present() {
        return present;
    }

    /** Distinct values, at most {@link #MAX_DISTINCT}. */
    public int distinct() {
        return distinct.size();
    }

    /** Distinct values between separators, at most {@link #MAX_DISTINCT}. */
    public int distinctParts() {
        return parts.size();
    }

    /** Whether every value is a number, at least one of them finite. */
    public boolean isNumeric() {
        return integers + fractions > 0 && integers + fractions + notFinite == present;
    }

    /** Whether every value is a whole number. */
    public boolean isInteger() {
        return isNumeric() && fractions == 0;
    }

    /** Whether at least one text holds a vertical bar. */
    public boolean isMultiValued() {
        return separated > 0;
    }

    /** Mean number of words of a text. */
    public double meanWords() {
        long texts = present - integers - fractions - notFinite;
        return texts == 0 ? 0 : (double) words / texts;
    }

    /** The number below which a share {@code p} of the numbers lies; NaN without numbers. */
    public double quantile(double p) {
        if (sampled == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(sample, sampled);
        Arrays.sort(sorted);
        return sorted[(int) Math.round(p * (sampled - 1))];
    }
}
