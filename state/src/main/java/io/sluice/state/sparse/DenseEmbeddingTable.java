package io.sluice.state.sparse;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Every key has a row of full width; the table grows as keys come.
 *
 * <p>Three parallel parts over primitive arrays: an open-addressing index of slots (linear probing,
 * at most half full), the keys by slot, the rows by slot. The index is probed from the key itself,
 * since keys are hashes already. Rows are packed in the order of their creation, so a scan touches
 * no holes.
 *
 * <p>Cost: one or two cache misses for the index and key, one or two for the row; growth doubles an
 * array, amortised O(1). Limit: 2³¹ floats of arena (28 million rows at a stride of 19), refused
 * with an {@link IllegalStateException} beyond.
 */
public final class DenseEmbeddingTable implements EmbeddingTable {

    private static final int SMALLEST = 64;

    private final int stride;
    private final RowInitializer initializer;

    private int[] index; // slot + 1, 0 = free; length a power of two
    private long[] keys;
    private float[] arena;
    private int size;

    private long[] changedBits;
    private int[] changed;
    private int changedCount;

    /**
     * An empty table.
     *
     * @param stride floats per row, at least 1
     * @param initializer fills a new row
     */
    public DenseEmbeddingTable(int stride, RowInitializer initializer) {
        if (stride < 1) {
            throw new IllegalArgumentException("stride must be at least 1, found " + stride);
        }
        this.stride = stride;
        this.initializer = initializer;
        clear();
    }

    @Override
    public int stride() {
        return stride;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long bytes() {
        return Integer.BYTES * ((long) index.length + changed.length)
                + Long.BYTES * ((long) keys.length + changedBits.length)
                + Float.BYTES * (long) arena.length;
    }

    @Override
    public int find(long key) {
        int mask = index.length - 1;
        for (int at = (int) key & mask; ; at = (at + 1) & mask) {
            int slot = index[at] - 1;
            if (slot < 0 || keys[slot] == key) {
                return slot;
            }
        }
    }

    @Override
    public int findOrCreate(long key) {
        int mask = index.length - 1;
        int at = (int) key & mask;
        for (; index[at] != 0; at = (at + 1) & mask) {
            int slot = index[at] - 1;
            if (keys[slot] == key) {
                return slot;
            }
        }
        if (key == 0) {
            throw new IllegalArgumentException("key 0 is reserved for 'no row'");
        }
        index[at] = size + 1;
        return create(key);
    }

    private int create(long key) {
        if (size == keys.length) {
            growRows();
        }
        int slot = size++;
        keys[slot] = key;
        initializer.initialize(key, arena, slot * stride);
        if (2 * size > index.length) {
            growIndex();
        }
        return slot;
    }

    private void growRows() {
        int rows = keys.length * 2;
        if ((long) rows * stride > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "the table holds "
                            + size
                            + " rows of "
                            + stride
                            + " floats and cannot grow: an array ends at 2^31 values");
        }
        keys = Arrays.copyOf(keys, rows);
        arena = Arrays.copyOf(arena, rows * stride);
        changedBits = Arrays.copyOf(changedBits, (rows + 63) / 64);
    }

    private void growIndex() {
        index = new int[index.length * 2];
        int mask = index.length - 1;
        for (int slot = 0; slot < size; slot++) {
            int at = (int) keys[slot] & mask;
            while (index[at] != 0) {
                at = (at + 1) & mask;
            }
            index[at] = slot + 1;
        }
    }

    @Override
    public long key(int slot) {
        return keys[slot];
    }

    @Override
    public float[] arena() {
        return arena;
    }

    @Override
    public void markChanged(int slot) {
        long bit = 1L << slot;
        if ((changedBits[slot >> 6] & bit) == 0) {
            changedBits[slot >> 6] |= bit;
            if (changedCount == changed.length) {
                changed = Arrays.copyOf(changed, changedCount * 2);
            }
            changed[changedCount++] = slot;
        }
    }

    @Override
    public void drainChanged(IntConsumer slots) {
        for (int i = 0; i < changedCount; i++) {
            int slot = changed[i];
            changedBits[slot >> 6] &= ~(1L << slot);
            slots.accept(slot);
        }
        changedCount = 0;
    }

    @Override
    public void clear() {
        index = new int[2 * SMALLEST];
        keys = new long[SMALLEST];
        arena = new float[SMALLEST * stride];
        changedBits = new long[SMALLEST / 64];
        changed = new int[SMALLEST];
        size = 0;
        changedCount = 0;
    }
}
