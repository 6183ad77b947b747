package io.sluice.state.sparse;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Rows that are touched most, as floats beside their pages, where they are learnt in place: nothing
 * is unpacked, rounded or packed until they go back (after Yang et al., "Mixed-Precision Embedding
 * Using a Cache", arXiv 2010.11305; there by frequency or last use, here by {@link Importance}).
 *
 * <p>A page has some slots here. A row that stands in one keeps its bytes in the page, which fall
 * out of date, so it can always go back; whoever looks through a page sends its rows back first,
 * see {@link RowReturns}. Pages share slots where there are more than {@value #MOST_SETS} of them.
 *
 * <p>A row stands as {@code [w, v_0 … v_{k-1}, sum of w, sum of v]}; its importance, in the measure
 * of {@link Importance#recent}, stands apart, as it is asked for where the row isn't. Behind all
 * slots the array has room for the rows of the example under way that have none; it follows the
 * longest example and is not counted. Not thread-safe.
 */
final class FloatRows {

    /** What stands for no slot. */
    static final int ABSENT = -1;

    /** Most sets of slots. */
    static final int MOST_SETS = 1 << 16;

    private static final int OPEN = 1 << 30;
    private static final int CHANGED = 1 << 29;
    private static final int WIDTH = CHANGED - 1;

    private final int ways; // slots of a set
    private final int shift; // from a page's number to its set
    private final int pages;
    private final int stride;
    private final int length; // of a row without the room behind it

    private final long[] keys; // of each slot, 0 where it is free
    private final int[] states; // of each slot: width, OPEN, CHANGED
    private final float[] importances; // of each slot
    private float[] values;

    // -- the example under way
    private int[] open = new int[16];
    private int opened;

    FloatRows(StoreLayout layout) {
        ways = layout.floatRows;
        pages = layout.pages;
        stride = stride(layout.format);
        length = layout.format.dimensions() + 3;
        int bits = 0;
        while ((pages - 1) >> bits >= MOST_SETS) {
            bits++;
        }
        shift = bits;
        int slots = (((pages - 1) >> shift) + 1) * ways;
        keys = new long[slots];
        states = new int[slots];
        importances = new float[slots];
        values = new float[slots * stride];
    }

    /** Bytes of one slot. */
    static int slotBytes(RowFormat format) {
        return Long.BYTES + Integer.BYTES + Float.BYTES * (1 + stride(format));
    }

    /** An unpacked row's last float is free. */
    private static int stride(RowFormat format) {
        return format.unpackedLength() - 1;
    }

    /** Bytes besides slots. */
    static int fixedBytes() {
        return 4 * Ledger.ARRAY;
    }

    long bytes() {
        return Ledger.longs(keys.length)
                + Ledger.ints(states.length)
                + Ledger.ints(importances.length)
                + Ledger.ints((long) keys.length * stride);
    }

    /** What stands for a slot where a place in a page might be, see {@link RowPages}. */
    static long place(int slot) {
        return RowPages.ABSENT - 1 - slot;
    }

    /** Whether a place is a slot. */
    static boolean isSlot(long place) {
        return place < RowPages.ABSENT;
    }

    static int slot(long place) {
        return (int) (RowPages.ABSENT - 1 - place);
    }

    /** Slots; rows of the example under way that have none stand behind them. */
    int slots() {
        return keys.length;
    }

    /** The array in which all rows stand. */
    float[] values() {
        return values;
    }

    /** Makes room for so many rows behind the slots. */
    void reach(int rows) {
        values = Arrays.copyOf(values, (keys.length + rows) * stride);
    }

    /** Slots that a page has, all of them its own or shared. */
    int ways() {
        return ways;
    }

    /** The first slot of a page. */
    int first(int page) {
        return (page >> shift) * ways;
    }

    /** The slot of a key's row, or {@link #ABSENT}; its page is given. */
    int find(long key, int page) {
        int first = first(page);
        for (int slot = first; slot < first + ways; slot++) {
            if (keys[slot] == key) {
                return slot;
            }
        }
        return ABSENT;
    }

    /** Shows the slots of a page's rows, which may be set free meanwhile. */
    void scan(int page, IntConsumer visitor) {
        int first = first(page);
        for (int slot = first; slot < first + ways; slot++) {
            if (isOf(slot, page)) {
                visitor.accept(slot);
            }
        }
    }

    /** Whether a row of this page stands in a slot. */
    boolean isOf(int slot, int page) {
        long key = keys[slot];
        return key != 0 && RowPages.numberOf(RowPages.hash(key), pages) == page;
    }

    boolean isFree(int slot) {
        return keys[slot] == 0;
    }

    long key(int slot) {
        return keys[slot];
    }

    int width(int slot) {
        return states[slot] & WIDTH;
    }

    /** Where in {@link #values} a row begins. */
    int position(int slot) {
        return slot * stride;
    }

    float importance(int slot) {
        return importances[slot];
    }

    /** Copies w and values; returns the width. */
    int read(int slot, float[] row) {
        int width = width(slot);
        System.arraycopy(values, slot * stride, row, 0, 1 + width);
        return width;
    }

    /** Begins an example; one that was never committed is forgotten. */
    void begin() {
        for (int i = 0; i < opened; i++) {
            states[open[i]] &= ~OPEN;
        }
        opened = 0;
    }

    /** A row takes part in the example under way. */
    void open(int slot) {
        int state = states[slot];
        if ((state & OPEN) == 0) {
            states[slot] = state | OPEN;
            if (opened == open.length) {
                open = Arrays.copyOf(open, 2 * opened);
            }
            open[opened++] = slot;
        }
    }

    /** Ends an example: its rows have changed, and gain importance. */
    void commit(float importance) {
        for (int i = 0; i < opened; i++) {
            int slot = open[i];
            states[slot] = (states[slot] | CHANGED) & ~OPEN;
            importances[slot] += importance;
        }
        opened = 0;
    }

    /**
     * A slot for a row of a page: a free one, or that of the row of least importance if it has
     * less; else {@link #ABSENT}.
     */
    int slotFor(int page, float importance) {
        int best = ABSENT;
        float least = importance;
        int first = first(page);
        for (int slot = first; slot < first + ways; slot++) {
            if (keys[slot] == 0) {
                return slot;
            }
            if (importance(slot) < least) {
                least = importance(slot);
                best = slot;
            }
        }
        return best;
    }

    /** Takes an unpacked row that has changed into a free slot. */
    void put(int slot, long key, int width, float[] from, int at, float importance) {
        restore(slot, key, width, from, at, importance);
        states[slot] |= CHANGED;
        int to = slot * stride;
        // What stands behind the values of a narrow row is left from other examples.
        Arrays.fill(values, to + 1 + width, to + length - 2, 0);
    }

    /** Takes a row into a free slot as it stood in one. */
    void restore(int slot, long key, int width, float[] from, int at, float importance) {
        keys[slot] = key;
        states[slot] = width;
        importances[slot] = importance;
        System.arraycopy(from, at, values, slot * stride, length);
    }

    /** Sets a slot free, and its words to 0. */
    void free(int slot) {
        if ((states[slot] & OPEN) != 0) {
            int i = 0;
            while (open[i] != slot) {
                i++;
            }
            open[i] = open[--opened];
        }
        keys[slot] = 0;
        states[slot] = 0;
        importances[slot] = 0;
        Arrays.fill(values, slot * stride, (slot + 1) * stride, 0);
    }

    /** Sets all slots free. */
    void clear() {
        Arrays.fill(keys, 0);
        Arrays.fill(states, 0);
        Arrays.fill(importances, 0);
        Arrays.fill(values, 0, keys.length * stride, 0);
        opened = 0;
    }

    /** Multiplies the importance of all rows. */
    void fade(float factor) {
        for (int slot = 0; slot < importances.length; slot++) {
            importances[slot] *= factor;
        }
    }

    void markAllChanged() {
        for (int slot = 0; slot < keys.length; slot++) {
            states[slot] |= isFree(slot) ? 0 : CHANGED;
        }
    }

    /** Hands out what changed since the last call. */
    void drainChanged(EmbeddingTable.Sink sink) {
        for (int slot = 0; slot < keys.length; slot++) {
            if ((states[slot] & CHANGED) != 0) {
                states[slot] &= ~CHANGED;
                sink.changed(keys[slot], values, slot * stride, width(slot));
            }
        }
    }
}
