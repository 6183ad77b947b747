package io.sluice.state.store;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Where the rows of many keys are: all are asked for before the first is read, so that one waits
 * for memory while the next is looked up already.
 *
 * <p>A row stays in the array where it is, as long as nobody may change it; a store that can't
 * promise that copies it. Places are valid until the caller lets go of what keeps changes away.
 *
 * <p>Which array a row stands in is kept as a number: to keep a reference in an object that lives
 * on costs a memory fence each time (the write barrier of the collector), and behind a fence one
 * look-up waits for the other after all.
 *
 * <p>Scratch; not thread-safe.
 */
public final class RowPlaces {

    private static final int ABSENT = -1;

    private final int width;
    private long[] keys = new long[64];
    private int[] numbers = new int[64];
    private int[] places = new int[64];
    private float[] copies = {};
    private IntFunction<float[]> arrays = this::copies;
    private int size;

    /** For rows of {@code width} floats. */
    public RowPlaces(int width) {
        this.width = width;
    }

    /** Floats of a row. */
    public int width() {
        return width;
    }

    /** Asks for nothing. */
    void clear() {
        size = 0;
    }

    /** Asks for one more row. */
    void ask(long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        keys[size++] = key;
    }

    /**
     * Says what the arrays are, before the first row is {@link #found}.
     *
     * @param byNumber an array as it is when it is asked for
     */
    public void in(IntFunction<float[]> byNumber) {
        arrays = byNumber;
    }

    /** Says that rows will be copied, before the first {@link #foundCopy}. */
    void inCopies() {
        arrays = this::copies;
    }

    private float[] copies(int only) {
        return copies;
    }

    /** How many rows are asked for. */
    public int size() {
        return size;
    }

    /** The key of row {@code i}. */
    public long key(int i) {
        return keys[i];
    }

    /**
     * Says where a row is.
     *
     * @param array its number
     * @param slot of the row in the array, negative when there is no such row
     */
    public void found(int i, int array, int slot) {
        numbers[i] = array;
        places[i] = slot < 0 ? ABSENT : slot * width;
    }

    /** Takes a copy of a row; null when there is no such row. */
    void foundCopy(int i, float[] row) {
        if (row == null) {
            places[i] = ABSENT;
            return;
        }
        if (copies.length < size * width) {
            copies = new float[Math.max(size * width, 2 * copies.length)];
        }
        System.arraycopy(row, 0, copies, i * width, width);
        places[i] = i * width;
    }

    /** Whether there is such a row. */
    boolean isThere(int i) {
        return places[i] != ABSENT;
    }

    /** The array that holds row {@code i}, from {@link #at} on; not to be changed. */
    float[] table(int i) {
        return arrays.apply(numbers[i]);
    }

    /** Where row {@code i} begins. */
    int at(int i) {
        return places[i];
    }
}
