package io.sluice.state.sparse;

import io.sluice.state.kernel.PairSums;
import java.util.Arrays;

/**
 * The rows of the example under way, each once however often it was opened. A slot is one of {@link
 * FloatRows}, where rows are changed in place, or stands behind all of those and holds a row that
 * was unpacked from its page.
 *
 * <p>Rows are found first and unpacked together when their values are asked for: the searches do
 * not depend on each other, so the processor waits for all of them at once.
 *
 * <p>Scratch, used again for each example. Its size follows the longest example, not the model, so
 * it is not counted in the budget. Not thread-safe.
 */
final class OpenRows {

    private static final int SMALLEST = 64;

    private final RowFormat format;
    private final RowPages pages;
    private final FloatRows floats;
    private final int first; // slot that is not of FloatRows
    private int size; // of slots from there on
    private int unpacked; // how many of them
    private boolean held;
    private long[] keys = new long[SMALLEST]; // of each of them
    private long[] places = new long[SMALLEST]; // of each, see RowPages
    private int[] widths = new int[SMALLEST];

    OpenRows(RowFormat format, RowPages pages, FloatRows floats) {
        this.format = format;
        this.pages = pages;
        this.floats = floats;
        first = floats.slots();
        floats.reach(SMALLEST);
    }

    void clear() {
        floats.begin();
        size = 0;
        unpacked = 0;
        held = false;
    }

    /** The array in which all rows stand unpacked. */
    float[] values() {
        for (; unpacked < size; unpacked++) {
            long place = places[unpacked];
            int to = position(first + unpacked);
            format.unpack(pages.page(place), RowPages.at(place), floats.values(), to);
        }
        return floats.values();
    }

    /**
     * Adds a row times a factor to sums, see {@link PairSums}; without its linear weight.
     *
     * @return its linear weight times the factor
     */
    float add(int slot, float factor, float[] sums, float[] squares) {
        int at = position(slot);
        if (slot == first + unpacked) {
            long place = places[unpacked++];
            float[] values = floats.values();
            int[] page = pages.page(place);
            format.unpackAndAdd(page, RowPages.at(place), values, at, factor, sums, squares);
            return values[at] * factor;
        }
        float[] values = slot < first ? floats.values() : values();
        PairSums.add(values, at + 1, width(slot), factor, sums, squares);
        return values[at] * factor;
    }

    int position(int slot) {
        return floats.position(slot);
    }

    int width(int slot) {
        return slot < first ? floats.width(slot) : widths[slot - first];
    }

    /** Whether a row stands in its page only. */
    boolean isPacked(int slot) {
        return slot >= first;
    }

    /** Keeps all open rows, and those that will be, from going while this example is under way. */
    void hold() {
        for (int i = 0; i < size && !held; i++) {
            keep(places[i]);
        }
        held = true;
    }

    private void keep(long place) {
        int[] page = pages.page(place);
        int at = RowPages.at(place);
        format.setMarks(page, at, format.marks(page, at) | RowMarks.IN_USE);
    }

    /** Finds the open rows of a page again, some of which have moved. */
    void relocate(int number) {
        for (int i = 0; i < size; i++) {
            if (RowPages.number(places[i]) == number) {
                places[i] = pages.find(keys[i], RowPages.hash(keys[i]));
            }
        }
    }

    /** The slot of a row that stands in its page. */
    int open(long key, long place) {
        for (int i = 0; i < size; i++) {
            if (places[i] == place) {
                return first + i;
            }
        }
        return newSlot(key, place, format.widthAt(pages.page(place), RowPages.at(place)));
    }

    /** A slot for a row that is not packed yet; its values are the caller's to set. */
    int add(long key, long place, int width) {
        values();
        int slot = newSlot(key, place, width);
        unpacked = size;
        return slot;
    }

    private int newSlot(long key, long place, int width) {
        if (size == places.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
            widths = Arrays.copyOf(widths, 2 * size);
            floats.reach(2 * size);
        }
        keys[size] = key;
        places[size] = place;
        if (held) {
            keep(place);
        }
        widths[size] = width;
        return first + size++;
    }

    /** Gives all rows back that have changed, with the importance that they gain. */
    void commit(RowReturns returns, float importance, float recent) {
        values();
        floats.commit(recent);
        for (int i = 0; i < size; i++) {
            returns.touched(places[i], floats.values(), position(first + i), importance);
        }
    }
}
