package io.sluice.state.sparse;

import io.sluice.state.kernel.PairSums;
import java.util.Arrays;

/**
 * The rows of the example under way, side by side, each once however often it was opened.
 *
 * <p>Rows are found first and unpacked together when their values are asked for: the searches do
 * not depend on each other, so the processor waits for all of them at once.
 *
 * <p>Scratch, used again for each example. Its size follows the longest example, not the model, so
 * it is not counted in the budget. Not thread-safe.
 */
final class OpenRows {

    private static final int SMALLEST = 16;

    private final RowFormat format;
    private final RowPages pages;
    private final int stride;
    private int size;
    private int unpacked; // how many of them
    private boolean held;
    private long[] keys = new long[SMALLEST]; // of each slot
    private long[] places = new long[SMALLEST]; // of each slot, see RowPages
    private int[] widths = new int[SMALLEST];
    private float[] values;

    OpenRows(RowFormat format, RowPages pages) {
        this.format = format;
        this.pages = pages;
        stride = format.unpackedLength();
        values = new float[SMALLEST * stride];
    }

    void clear() {
        size = 0;
        unpacked = 0;
        held = false;
    }

    int size() {
        return size;
    }

    /** The array in which all rows stand unpacked. */
    float[] values() {
        for (; unpacked < size; unpacked++) {
            long place = places[unpacked];
            format.unpack(pages.page(place), RowPages.at(place), values, position(unpacked));
        }
        return values;
    }

    /**
     * Adds a row times a factor to sums, see {@link PairSums}; without its linear weight.
     *
     * @return its linear weight times the factor
     */
    float add(int slot, float factor, float[] sums, float[] squares) {
        if (slot != unpacked) {
            float[] rows = values();
            PairSums.add(rows, position(slot) + 1, widths[slot], factor, sums, squares);
        } else {
            long place = places[slot];
            int[] page = pages.page(place);
            int at = RowPages.at(place);
            format.unpackAndAdd(page, at, values, position(slot), factor, sums, squares);
            unpacked++;
        }
        return values[position(slot)] * factor;
    }

    int position(int slot) {
        return slot * stride;
    }

    int width(int slot) {
        return widths[slot];
    }

    long place(int slot) {
        return places[slot];
    }

    /** Keeps all open rows, and those that will be, from going while this example is under way. */
    void hold() {
        for (int slot = 0; slot < size && !held; slot++) {
            keep(places[slot]);
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
        for (int slot = 0; slot < size; slot++) {
            if (RowPages.number(places[slot]) == number) {
                places[slot] = pages.find(keys[slot], RowPages.hash(keys[slot]));
            }
        }
    }

    /** The slot of a key's row. */
    int open(long key, long place) {
        for (int slot = 0; slot < size; slot++) {
            if (places[slot] == place) {
                return slot;
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
            values = Arrays.copyOf(values, 2 * values.length);
        }
        keys[size] = key;
        places[size] = place;
        if (held) {
            keep(place);
        }
        widths[size] = width;
        return size++;
    }
}
