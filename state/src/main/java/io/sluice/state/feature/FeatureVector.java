package io.sluice.state.feature;

import java.util.Arrays;

/**
 * A sparse vector: row keys, their values and fields, in the order of the schema.
 *
 * <p>Growable and reusable: {@link #clear} keeps the arrays. A key may occur more than once. Not
 * thread-safe.
 */
public final class FeatureVector {

    private long[] keys;
    private float[] values;
    private byte[] fields;
    private int size;

    /** An empty vector with room for 16 features. */
    public FeatureVector() {
        this(16);
    }

    /** An empty vector with room for {@code capacity} features. */
    public FeatureVector(int capacity) {
        keys = new long[capacity];
        values = new float[capacity];
        fields = new byte[capacity];
    }

    /** How many features are set. */
    public int size() {
        return size;
    }

    /** The row key of feature {@code i}, never 0. */
    public long key(int i) {
        return keys[i];
    }

    /** The value of feature {@code i}. */
    public float value(int i) {
        return values[i];
    }

    /**
     * Which declared feature {@code i} belongs to: its place in the schema from 1 to 255, so that a
     * key nobody knows can still be judged as one of its kind; 0 when that is not known.
     */
    public int field(int i) {
        return fields[i] & 0xff;
    }

    /** Removes all features. */
    public void clear() {
        size = 0;
    }

    /** Keeps the first {@code length} features only. */
    public void truncate(int length) {
        size = Math.min(size, length);
    }

    /** Appends a feature of an unknown field. */
    public void add(long key, float value) {
        add(key, value, 0);
    }

    /** Appends a feature of a field, see {@link #field}. */
    public void add(long key, float value, int field) {
        if (size == keys.length) {
            int capacity = Math.max(4, size * 2);
            keys = Arrays.copyOf(keys, capacity);
            values = Arrays.copyOf(values, capacity);
            fields = Arrays.copyOf(fields, capacity);
        }
        fields[size] = (byte) field;
        keys[size] = key;
        values[size++] = value;
    }

    /** Sets the field of all features from index {@code from} on. */
    public void setFieldFrom(int from, int field) {
        Arrays.fill(fields, from, size, (byte) field);
    }

    /** Multiplies the values of all features from index {@code from} on. */
    public void scaleFrom(int from, float factor) {
        for (int i = from; i < size; i++) {
            values[i] *= factor;
        }
    }

    /** A vector of its own with the same features and no spare room. */
    public FeatureVector copy() {
        FeatureVector copy = new FeatureVector(0);
        copy.keys = Arrays.copyOf(keys, size);
        copy.values = Arrays.copyOf(values, size);
        copy.fields = Arrays.copyOf(fields, size);
        copy.size = size;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVector that
                && size == that.size
                && Arrays.equals(keys, 0, size, that.keys, 0, size)
                && Arrays.equals(values, 0, size, that.values, 0, size)
                && Arrays.equals(fields, 0, size, that.fields, 0, size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + Long.hashCode(keys[i])) + Float.hashCode(values[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ", ").append(Long.toHexString(keys[i]));
            out.append(':').append(values[i]);
        }
        return out.append(']').toString();
    }
}
