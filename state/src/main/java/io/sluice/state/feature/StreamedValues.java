package io.sluice.state.feature;

import java.util.Arrays;
import java.util.List;

/**
 * The values of all streaming features for one request and one of its items, in the order of the
 * schema.
 *
 * <p>Reusable; not thread-safe.
 */
public final class StreamedValues {

    /** For schemas without streaming features. */
    public static final StreamedValues NONE =
            new StreamedValues(
                    new FeatureSchema(List.of(FeatureSpec.of("none", Source.USER, "", Kind.ID))));

    private final boolean[] perItem;
    private final boolean[] isKeys;
    private final double[] numbers;
    private final long[][] keys;
    private final int[] keyCounts;

    /** All unknown. */
    public StreamedValues(FeatureSchema schema) {
        int count = schema.streaming().size();
        perItem = new boolean[count];
        isKeys = new boolean[count];
        numbers = new double[count];
        Arrays.fill(numbers, Double.NaN);
        keys = new long[count][];
        keyCounts = new int[count];
        for (int i = 0; i < count; i++) {
            StreamingFeature feature = schema.streaming().get(i);
            perItem[i] = schema.perItem(feature);
            isKeys[i] = feature.kind().isKeys();
            keys[i] = new long[feature.size()];
        }
    }

    /** How many streaming features there are. */
    public int size() {
        return numbers.length;
    }

    /** Whether a feature differs between the items of one request. */
    public boolean perItem(int feature) {
        return perItem[feature];
    }

    /** Whether a feature holds keys; otherwise it is a number. */
    public boolean isKeys(int feature) {
        return isKeys[feature];
    }

    /** The number; NaN when unknown. */
    public double number(int feature) {
        return numbers[feature];
    }

    /** Sets a number; what is not finite (ln of 0 without a prior, NaN) is unknown. */
    public void number(int feature, double value) {
        numbers[feature] = Double.isFinite(value) ? value : Double.NaN;
    }

    /** How many keys a feature holds. */
    public int keys(int feature) {
        return keyCounts[feature];
    }

    /** Key {@code i} of a feature. */
    public long key(int feature, int i) {
        return keys[feature][i];
    }

    /** Removes a feature's keys. */
    public void clearKeys(int feature) {
        keyCounts[feature] = 0;
    }

    /** Appends a key; one that is there already or beyond the feature's size is left out. */
    public void addKey(int feature, long key) {
        long[] held = keys[feature];
        int count = keyCounts[feature];
        for (int i = 0; i < count; i++) {
            if (held[i] == key) {
                return;
            }
        }
        if (count < held.length) {
            held[count] = key;
            keyCounts[feature]++;
        }
    }
}
