package io.sluice.state.feature;

import io.sluice.state.event.Attributes;
import io.sluice.state.kernel.Hashing;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns the parts of an event into a {@link FeatureVector} by a {@link FeatureSchema}.
 *
 * <p>The features of the request come first, those of the item behind, each in the order of the
 * schema: a server encodes the request once and each candidate behind it, and gets the very vector
 * that training sees. A value that is absent or empty adds nothing. Immutable; thread-safe.
 */
public final class FeatureEncoder {

    /** The position to pass where it is unknown or must not count. */
    public static final int NEUTRAL_POSITION = -1;

    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final long MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;

    private final FeatureSpec[] ofRequest;
    private final FeatureSpec[] ofItem;
    private final long[] requestSeeds;
    private final long[] itemSeeds;
    private final int[] requestFields;
    private final int[] itemFields;

    /** An encoder for this schema. */
    public FeatureEncoder(FeatureSchema schema) {
        ofRequest = select(schema.features(), false);
        ofItem = select(schema.features(), true);
        requestSeeds = seeds(ofRequest);
        itemSeeds = seeds(ofItem);
        requestFields = fields(schema.features(), false);
        itemFields = fields(schema.features(), true);
    }

    /** Places in the schema from 1; features beyond the 255th share no field. */
    private static int[] fields(List<FeatureSpec> features, boolean perItem) {
        return IntStream.range(0, features.size())
                .filter(i -> features.get(i).source().perItem() == perItem)
                .map(i -> i < 255 ? i + 1 : 0)
                .toArray();
    }

    private static FeatureSpec[] select(List<FeatureSpec> features, boolean perItem) {
        return features.stream()
                .filter(feature -> feature.source().perItem() == perItem)
                .toArray(FeatureSpec[]::new);
    }

    private static long[] seeds(FeatureSpec[] features) {
        long[] seeds = new long[features.length];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = Hashing.text(0, features[i].name());
        }
        return seeds;
    }

    /** Replaces the content of {@code out} by the features of one user, moment and item. */
    public void encode(
            long timestamp,
            String user,
            Attributes context,
            String item,
            Attributes features,
            int position,
            FeatureVector out) {
        out.clear();
        appendRequest(timestamp, user, context, out);
        appendItem(item, features, position, out);
    }

    /** Appends the features that all items of a request share. */
    public void appendRequest(long timestamp, String user, Attributes context, FeatureVector out) {
        for (int i = 0; i < ofRequest.length; i++) {
            FeatureSpec feature = ofRequest[i];
            int before = out.size();
            switch (feature.source()) {
                case USER -> addText(requestSeeds[i], user, 1, out);
                case HOUR -> addNumber(requestSeeds[i], hour(timestamp), out);
                case WEEKDAY -> addNumber(requestSeeds[i], weekday(timestamp), out);
                default -> addAttribute(feature, requestSeeds[i], context, out);
            }
            out.setFieldFrom(before, requestFields[i]);
        }
    }

    /** Appends the features of one item. */
    public void appendItem(String item, Attributes features, int position, FeatureVector out) {
        for (int i = 0; i < ofItem.length; i++) {
            FeatureSpec feature = ofItem[i];
            int before = out.size();
            switch (feature.source()) {
                case ITEM -> addText(itemSeeds[i], item, 1, out);
                case POSITION -> {
                    if (position != NEUTRAL_POSITION) {
                        addNumber(itemSeeds[i], position, out);
                    }
                }
                default -> addAttribute(feature, itemSeeds[i], features, out);
            }
            out.setFieldFrom(before, itemFields[i]);
        }
    }

    private static long hour(long timestamp) {
        return Math.floorMod(timestamp, MILLIS_PER_DAY) / MILLIS_PER_HOUR;
    }

    private static long weekday(long timestamp) {
        // The epoch began on a Thursday, day 4.
        return Math.floorMod(Math.floorDiv(timestamp, MILLIS_PER_DAY) + 3, 7) + 1L;
    }

    private static void addAttribute(
            FeatureSpec feature, long seed, Attributes from, FeatureVector out) {
        int first = from.first(feature.attribute());
        if (first < 0) {
            return;
        }
        switch (feature.kind()) {
            case NUMBER -> {
                double number = numberAt(from, first);
                if (!Double.isNaN(number)) {
                    addNumber(seed, feature.bucketing().bucket(number), out);
                }
            }
            case CATEGORIES -> addSeveral(feature, seed, from, first, out);
            default -> addValue(seed, from, first, 1, out);
        }
    }

    /** A number given as text counts as that number; any other text has none. */
    private static double numberAt(Attributes from, int i) {
        if (from.isNumber(i)) {
            return from.number(i);
        }
        try {
            double parsed = Double.parseDouble(from.text(i));
            return Double.isFinite(parsed) ? parsed : Double.NaN;
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    private static void addSeveral(
            FeatureSpec feature, long seed, Attributes from, int first, FeatureVector out) {
        int before = out.size();
        for (int i = first; i < from.size() && from.name(i).equals(feature.attribute()); i++) {
            if (feature.separator().isEmpty() || from.isNumber(i)) {
                addValue(seed, from, i, 1, out);
            } else {
                addSplit(seed, from.text(i), feature.separator(), out);
            }
        }
        out.scaleFrom(before, (float) (1 / Math.sqrt(Math.max(1, out.size() - before))));
    }

    private static void addSplit(long seed, String text, String separator, FeatureVector out) {
        int from = 0;
        while (from <= text.length()) {
            int to = text.indexOf(separator, from);
            int end = to < 0 ? text.length() : to;
            if (end > from) {
                out.add(rowKey(Hashing.text(seed, text, from, end)), 1);
            }
            from = end + separator.length();
        }
    }

    private static void addValue(
            long seed, Attributes from, int i, float value, FeatureVector out) {
        if (from.isNumber(i)) {
            double number = from.number(i);
            // 25 and "25" are the same category, whatever way the producer wrote it.
            String text =
                    number == Math.rint(number) && Math.abs(number) < 1e15
                            ? Long.toString((long) number)
                            : Double.toString(number);
            addText(seed, text, value, out);
        } else {
            addText(seed, from.text(i), value, out);
        }
    }

    private static void addText(long seed, String text, float value, FeatureVector out) {
        if (!text.isEmpty()) {
            out.add(rowKey(Hashing.text(seed, text)), value);
        }
    }

    private static void addNumber(long seed, long bucket, FeatureVector out) {
        out.add(rowKey(Hashing.number(seed, bucket)), 1);
    }

    /** Key 0 means "no row", so the one hash in 2⁶⁴ that is 0 becomes 1. */
    private static long rowKey(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
