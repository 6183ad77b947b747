package io.sluice.state.feature;

import io.sluice.state.event.Attributes;
import io.sluice.state.kernel.Hashing;

/**
 * Turns one declared feature of an event into entries of a {@link FeatureVector}.
 *
 * <p>A value that is absent or empty adds nothing. Immutable; thread-safe.
 */
public final class FieldEncoder {

    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final long MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;

    private final FeatureSpec feature;
    private final long seed;
    private final int number;
    private final int field;

    /**
     * An encoder of one feature.
     *
     * @param feature its declaration
     * @param number its place among the numbers that are normalised; -1 when it is none of them
     * @param field what its entries are marked with, see {@link FeatureVector#field}
     */
    public FieldEncoder(FeatureSpec feature, int number, int field) {
        this.feature = feature;
        this.number = number;
        this.field = field;
        seed = Hashing.text(0, feature.name());
    }

    /** Appends a feature of the request; nothing when the feature belongs to items. */
    public void appendOfRequest(
            long timestamp, String user, Attributes context, FeatureVector out) {
        switch (feature.source()) {
            case USER -> addText(user, out);
            case HOUR -> addBucket(hour(timestamp), out);
            case WEEKDAY -> addBucket(weekday(timestamp), out);
            case CONTEXT -> addAttribute(context, out);
            default -> {}
        }
    }

    /** Appends a feature of the item; nothing when the feature belongs to requests. */
    public void appendOfItem(String item, Attributes features, int position, FeatureVector out) {
        switch (feature.source()) {
            case ITEM -> addText(item, out);
            case POSITION -> {
                if (position != FeatureEncoder.NEUTRAL_POSITION) {
                    addBucket(position, out);
                }
            }
            case FEATURES -> addAttribute(features, out);
            default -> {}
        }
    }

    /** Whether the value differs between the items of one request. */
    public boolean perItem() {
        return feature.source().perItem();
    }

    private static long hour(long timestamp) {
        return Math.floorMod(timestamp, MILLIS_PER_DAY) / MILLIS_PER_HOUR;
    }

    private static long weekday(long timestamp) {
        // The epoch began on a Thursday, day 4.
        return Math.floorMod(Math.floorDiv(timestamp, MILLIS_PER_DAY) + 3, 7) + 1L;
    }

    private void addAttribute(Attributes from, FeatureVector out) {
        int first = from.first(feature.attribute());
        if (first < 0) {
            return;
        }
        switch (feature.kind()) {
            case NUMBER -> addNumber(from.asNumber(first), out);
            case CATEGORIES -> addSeveral(from, first, out);
            default -> addValue(from, first, out);
        }
    }

    private void addNumber(double value, FeatureVector out) {
        if (Double.isNaN(value)) {
            return;
        }
        if (feature.bucketing() == null) {
            out.addNumber(number, value);
        } else {
            addBucket(feature.bucketing().bucket(value), out);
        }
    }

    private void addSeveral(Attributes from, int first, FeatureVector out) {
        int before = out.size();
        for (int i = first; i < from.size() && from.name(i).equals(feature.attribute()); i++) {
            if (feature.separator().isEmpty() || from.isNumber(i)) {
                addValue(from, i, out);
            } else {
                addSplit(from.text(i), out);
            }
        }
        out.scaleFrom(before, (float) (1 / Math.sqrt(Math.max(1, out.size() - before))));
    }

    private void addSplit(String text, FeatureVector out) {
        String separator = feature.separator();
        int from = 0;
        while (from <= text.length()) {
            int to = text.indexOf(separator, from);
            int end = to < 0 ? text.length() : to;
            if (end > from) {
                out.add(RowKeys.of(Hashing.text(seed, text, from, end)), 1, field);
            }
            from = end + separator.length();
        }
    }

    private void addValue(Attributes from, int i, FeatureVector out) {
        addText(from.asText(i), out);
    }

    private void addText(String text, FeatureVector out) {
        if (!text.isEmpty()) {
            out.add(RowKeys.of(Hashing.text(seed, text)), 1, field);
        }
    }

    private void addBucket(long bucket, FeatureVector out) {
        out.add(RowKeys.of(Hashing.number(seed, bucket)), 1, field);
    }
}
