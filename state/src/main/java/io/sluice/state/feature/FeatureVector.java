package io.sluice.state.feature;

import java.util.Arrays;

/**
 * A sparse vector: row keys, their values and fields, in the order of the schema, and beside them
 * raw numbers that become rows by {@link NumberScaling}.
 *
 * <p>Growable and reusable: {@link #clear} keeps the arrays. A key may occur more than once. Not
 * thread-safe.
 */
public final class FeatureVector {

    /** Most fields that can be told apart. */
    public static final int MOST_FIELDS = 255;

    private static final int[] NO_NUMBERS = {};

    private long[] keys;
    private float[] values;
    private byte[] fields;
    private int size;

    private int[] numberIndex = NO_NUMBERS;
    private int[] numberAt = NO_NUMBERS;
    private float[] numbers = {};
    private int numberCount;

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
     * Which declared or streaming feature of the schema entry {@code i} comes from: its place there
     * from 1 to {@value #MOST_FIELDS}, so that a key nobody knows can still be judged as one of its
     * kind; 0 when that is not known.
     */
    public int field(int i) {
        return fields[i] & 0xff;
    }

    /** Removes all features. */
    public void clear() {
        size = 0;
        numberCount = 0;
    }

    /** How many raw numbers are set. */
    public int numbers() {
        return numberCount;
    }

    /** Which number entry {@code i} is: its place in {@link FeatureSchema#numbers}. */
    public int numberIndex(int i) {
        return numberIndex[i];
    }

    /** The raw number of entry {@code i}; NaN when it is known to be unknown. */
    public float number(int i) {
        return numbers[i];
    }

    /**
     * Appends a raw number.
     *
     * @param index its place in {@link FeatureSchema#numbers}
     * @param value a number, or NaN for one that has no value yet; held as float32, the nearest
     *     finite one
     */
    public void addNumber(int index, double value) {
        if (numberCount == numbers.length) {
            int capacity = Math.max(4, numberCount * 2);
            numberIndex = Arrays.copyOf(numberIndex, capacity);
            numberAt = Arrays.copyOf(numberAt, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
        }
        numberIndex[numberCount] = index;
        numberAt[numberCount] = size;
        // An infinity would stay in the mean of its scale for good.
        double held = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
        numbers[numberCount++] = (float) held;
    }

    /** How many features were set before number {@code i} was. */
    public int numberAt(int i) {
        return numberAt[i];
    }

    /** Appends a feature of an unknown field. */
    public void add(long key, float value) {
        add(key, value, 0);
    }

    /** Appends a feature of a field, see {@link #field}. */
    public void add(long key, float value, int field) {
        if (size == keys.length) {
            reserve(Math.max(4, size * 2));
        }
        fields[size] = (byte) field;
        keys[size] = key;
        values[size++] = value;
    }

    /** Appends all features of another vector, without its raw numbers. */
    public void addAll(FeatureVector other) {
        for (int i = 0; i < other.size; i++) {
            add(other.keys[i], other.values[i], other.fields[i]);
        }
    }

    private void reserve(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
        values = Arrays.copyOf(values, capacity);
        fields = Arrays.copyOf(fields, capacity);
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
        copy.numberIndex = Arrays.copyOf(numberIndex, numberCount);
        copy.numberAt = Arrays.copyOf(numberAt, numberCount);
        copy.numbers = Arrays.copyOf(numbers, numberCount);
        copy.numberCount = numberCount;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVector that
                && size == that.size
                && numberCount == that.numberCount
                && Arrays.equals(keys, 0, size, that.keys, 0, size)
                && Arrays.equals(values, 0, size, that.values, 0, size)
                && Arrays.equals(fields, 0, size, that.fields, 0, size)
                && Arrays.equals(numberIndex, 0, numberCount, that.numberIndex, 0, numberCount)
                && Arrays.equals(numberAt, 0, numberCount, that.numberAt, 0, numberCount)
                && Arrays.equals(numbers, 0, numberCount, that.numbers, 0, numberCount);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + Long.hashCode(keys[i])) + Float.hashCode(values[i]);
        }
        for (int i = 0; i < numberCount; i++) {
            hash = 31 * (31 * hash + numberIndex[i]) + Float.hashCode(numbers[i]);
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
        for (int i = 0; i < numberCount; i++) {
            out.append(size + i == 0 ? "#" : ", #").append(numberIndex[i]);
            out.append(':').append(numbers[i]);
        }
        return out.append(']').toString();
    }
}
