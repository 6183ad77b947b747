package io.sluice.state.store;

import io.sluice.state.kernel.SlotIndex;
import java.util.Arrays;

/**
 * Rows of equal width side by side in one array of {@code A}, each with a key and a tag.
 *
 * <p>A removed row's place is taken by the last one, so that slots stay without holes; a slot is
 * valid until the next removal. Grows by doubling up to 2³¹ values and refuses beyond. Not
 * thread-safe.
 */
abstract class RowTable<A> {

    private static final int SMALLEST = 16;

    private final int width;
    private final SlotIndex index = new SlotIndex();
    private long[] keys = new long[SMALLEST];
    private int[] tags = new int[SMALLEST];
    private A values;

    /** A table of rows of {@code width} values. */
    RowTable(int width) {
        this.width = width;
        values = newArray(SMALLEST * width);
    }

    /** A table of floats, as a model's rows are. */
    static RowTable<float[]> ofFloats(int width) {
        return new Floats(width);
    }

    /** A table of words, as records of streaming features are. */
    static RowTable<long[]> ofWords(int width) {
        return new Words(width);
    }

    /** A table of one object a row. */
    static RowTable<Object[]> ofObjects() {
        return new Objects();
    }

    abstract A newArray(int length);

    /** Copies {@code count} values; each kind of array has its own, which the compiler knows. */
    abstract void move(A from, int fromAt, A to, int toAt, int count);

    /** Bytes of one value. */
    abstract int valueBytes();

    int width() {
        return width;
    }

    int size() {
        return index.size();
    }

    long bytes() {
        return index.bytes()
                + (long) keys.length * (Long.BYTES + Integer.BYTES)
                + (long) keys.length * width * valueBytes();
    }

    /** Finds rows by their keys; the same as long as the table lives. */
    SlotIndex index() {
        return index;
    }

    /** The slot of a row; negative if it is not here. */
    int find(long key) {
        return index.find(key);
    }

    long key(int slot) {
        return keys[slot];
    }

    int tag(int slot) {
        return tags[slot];
    }

    void tag(int slot, int tag) {
        tags[slot] = tag;
    }

    /** The array of all rows; slot s starts at {@code s * width}. */
    A values() {
        return values;
    }

    void copy(int slot, A row) {
        move(values, slot * width, row, 0, width);
    }

    void overwrite(int slot, A row) {
        move(row, 0, values, slot * width, width);
    }

    /** Appends a row under a key that is not there yet and returns its slot. */
    int add(long key, A row) {
        int slot = size();
        if (slot == keys.length) {
            grow();
        }
        index.put(key, slot);
        keys[slot] = key;
        tags[slot] = 0;
        overwrite(slot, row);
        return slot;
    }

    /** Puts another key's row into a slot. */
    void replace(int slot, long key, A row) {
        index.remove(keys[slot]);
        index.put(key, slot);
        keys[slot] = key;
        tags[slot] = 0;
        overwrite(slot, row);
    }

    /** Takes a row out; says whether there was one. */
    boolean remove(long key) {
        int slot = index.remove(key);
        if (slot == SlotIndex.ABSENT) {
            return false;
        }
        int last = index.size();
        if (slot != last) {
            index.put(keys[last], slot);
            keys[slot] = keys[last];
            tags[slot] = tags[last];
            move(values, last * width, values, slot * width, width);
        }
        return true;
    }

    /** The keys, by rising value compared as unsigned. */
    long[] sortedKeys() {
        long[] sorted = Arrays.copyOf(keys, size());
        // Flipping the sign makes the signed order the unsigned one.
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Long.MIN_VALUE;
        }
        return sorted;
    }

    private void grow() {
        long rows = keys.length * 2L;
        if (rows * width > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "the table holds %d rows of %d values and cannot grow: an array ends at 2^31 values; use a store on disk"
                            .formatted(size(), width));
        }
        keys = Arrays.copyOf(keys, (int) rows);
        tags = Arrays.copyOf(tags, (int) rows);
        A grown = newArray((int) rows * width);
        move(values, 0, grown, 0, size() * width);
        values = grown;
    }

    private static final class Floats extends RowTable<float[]> {

        Floats(int width) {
            super(width);
        }

        @Override
        float[] newArray(int length) {
            return new float[length];
        }

        @Override
        void move(float[] from, int fromAt, float[] to, int toAt, int count) {
            System.arraycopy(from, fromAt, to, toAt, count);
        }

        @Override
        int valueBytes() {
            return Float.BYTES;
        }
    }

    private static final class Words extends RowTable<long[]> {

        Words(int width) {
            super(width);
        }

        @Override
        long[] newArray(int length) {
            return new long[length];
        }

        @Override
        void move(long[] from, int fromAt, long[] to, int toAt, int count) {
            System.arraycopy(from, fromAt, to, toAt, count);
        }

        @Override
        int valueBytes() {
            return Long.BYTES;
        }
    }

    private static final class Objects extends RowTable<Object[]> {

        Objects() {
            super(1);
        }

        @Override
        Object[] newArray(int length) {
            return new Object[length];
        }

        @Override
        void move(Object[] from, int fromAt, Object[] to, int toAt, int count) {
            System.arraycopy(from, fromAt, to, toAt, count);
        }

        @Override
        int valueBytes() {
            return Integer.BYTES; // a compressed reference; what it refers to is not counted
        }
    }
}
