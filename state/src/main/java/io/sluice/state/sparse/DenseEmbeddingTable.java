package io.sluice.state.sparse;

import io.sluice.state.check.Checks;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.PairSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

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

    private final int dimensions;
    private final int stride;
    private final RowInitializer initializer;
    private final DenseRows rows;

    private int[] index; // slot + 1, 0 = free; length a power of two
    private long[] keys;
    private float[] arena;
    private int size;

    private long[] changedBits;
    private int[] changed;
    private int changedCount;

    // -- the example under way
    private int features;
    private int[] slots = new int[16];

    // -- scratch of a score
    private int[] found = new int[16];

    /**
     * An empty table.
     *
     * @param dimensions length of the embeddings, at least 1
     * @param initializer fills a new row
     */
    public DenseEmbeddingTable(int dimensions, RowInitializer initializer) {
        Checks.positive("model.dimensions", dimensions);
        this.dimensions = dimensions;
        stride = dimensions + 3;
        this.initializer = initializer;
        rows = new DenseRows(stride);
        clear();
    }

    @Override
    public int rowLength() {
        return dimensions + 1;
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
    public int read(long key, int field, float[] row) {
        int slot = find(key);
        if (slot < 0) {
            return ABSENT;
        }
        System.arraycopy(arena, slot * stride, row, 0, dimensions + 1);
        return dimensions;
    }

    /** Finds all rows before the first is read, so that memory is waited for side by side. */
    @Override
    public float sum(FeatureVector x, float linear, float[] sums, float[] squares) {
        int n = x.size();
        if (found.length < n) {
            found = new int[Math.max(n, 2 * found.length)];
        }
        for (int i = 0; i < n; i++) {
            found[i] = find(x.key(i));
        }
        float sum = linear;
        for (int i = 0; i < n; i++) {
            if (found[i] >= 0) {
                int at = found[i] * stride;
                sum += arena[at] * x.value(i);
                PairSums.add(arena, at + 1, dimensions, x.value(i), sums, squares);
            }
        }
        return sum;
    }

    @Override
    public void begin(int count) {
        features = count;
        if (slots.length < count) {
            slots = new int[Math.max(count, 2 * slots.length)];
        }
    }

    @Override
    public boolean open(int i, long key, int field) {
        slots[i] = find(key);
        return slots[i] >= 0;
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        if (slots[i] >= 0) {
            return false;
        }
        slots[i] = findOrCreate(key);
        return true;
    }

    @Override
    public boolean isOwn(int i) {
        return slots[i] >= 0;
    }

    @Override
    public boolean isOpen(int i) {
        return slots[i] >= 0;
    }

    @Override
    public int position(int i) {
        return slots[i] * stride;
    }

    @Override
    public int width(int i) {
        return dimensions;
    }

    @Override
    public float[] values() {
        return arena;
    }

    /** Nothing: every row is as wide as can be. */
    @Override
    public void press(int i, float gradient, float[] others) {}

    @Override
    public void commit(float importance) {
        for (int i = 0; i < features; i++) {
            markChanged(slots[i]);
        }
    }

    /** Nothing: nothing moves. */
    @Override
    public void reheat() {}

    /** The slot of a key, or {@link #ABSENT}. */
    int find(long key) {
        int mask = index.length - 1;
        for (int at = (int) key & mask; ; at = (at + 1) & mask) {
            int slot = index[at] - 1;
            if (slot < 0 || keys[slot] == key) {
                return slot;
            }
        }
    }

    /** The slot of a key; a key without a row gets one, with its initial values. */
    int findOrCreate(long key) {
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
        initializer.initialize(key, arena, slot * stride, dimensions);
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

    /** The slot of feature i's open row. */
    int slot(int i) {
        return slots[i];
    }

    /** Where in {@link #values} a slot's row begins. */
    int place(int slot) {
        return slot * stride;
    }

    long key(int slot) {
        return keys[slot];
    }

    void markChanged(int slot) {
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
    public void drainChanged(Sink sink) {
        for (int i = 0; i < changedCount; i++) {
            int slot = changed[i];
            changedBits[slot >> 6] &= ~(1L << slot);
            sink.changed(keys[slot], arena, slot * stride, dimensions);
        }
        changedCount = 0;
    }

    @Override
    public void markAllChanged() {
        for (int slot = 0; slot < size; slot++) {
            markChanged(slot);
        }
    }

    @Override
    public void write(int groups, DataOutput[] outs) throws IOException {
        rows.write(this, groups, outs);
    }

    @Override
    public void read(DataInput in) throws IOException {
        int floats = in.readInt();
        if (floats == PAGES || floats == BARE_PAGES) {
            throw new CorruptStateException(
                    "model state: found a model with a byte budget, expected one without; set model.memory to its budget or start without the old state");
        }
        rows.read(
                floats,
                in,
                (key, row) -> {
                    int slot = findOrCreate(key);
                    System.arraycopy(row, 0, arena, slot * stride, stride);
                });
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
