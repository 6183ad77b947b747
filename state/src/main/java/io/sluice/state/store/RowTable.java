package io.sluice.state.store;

import io.sluice.state.kernel.SlotIndex;
import java.util.Arrays;

/**
 * Rows of equal width side by side in one array, each with a key and a tag.
 *
 * <p>A removed row's place is taken by the last one, so that slots stay without holes; a slot is
 * valid until the next removal. Grows by doubling up to 2³¹ floats and refuses beyond. Not
 * thread-safe.
 */
final class RowTable {

    private static final int SMALLEST = 16;

    private final int width;
    private final SlotIndex index = new SlotIndex();
    private long[] keys = new long[SMALLEST];
    private int[] tags = new int[SMALLEST];
    private float[] values;

    /** A table of rows of {@code width} floats. */
    RowTable(int width) {
        this.width = width;
        values = new float[SMALLEST * width];
    }

    int width() {
        return width;
    }

    int size() {
        return index.size();
    }

    long bytes() {
        return index.bytes()
                + (long) keys.length * (Long.BYTES + Integer.BYTES)
                + (long) values.length * Float.BYTES;
    }

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
    float[] values() {
        return values;
    }

    void copy(int slot, float[] row) {
        System.arraycopy(values, slot * width, row, 0, width);
    }

    void overwrite(int slot, float[] row) {
        System.arraycopy(row, 0, values, slot * width, width);
    }

    /** Appends a row under a key that is not there yet and returns its slot. */
    int add(long key, float[] row) {
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
    void replace(int slot, long key, float[] row) {
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
            System.arraycopy(values, last * width, values, slot * width, width);
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
                    "the table holds %d rows of %d floats and cannot grow: an array ends at 2^31 values; use a store on disk"
                            .formatted(size(), width));
        }
        keys = Arrays.copyOf(keys, (int) rows);
        tags = Arrays.copyOf(tags, (int) rows);
        values = Arrays.copyOf(values, (int) rows * width);
    }
}
