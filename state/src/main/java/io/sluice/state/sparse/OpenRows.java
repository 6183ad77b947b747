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
    private final RowDirectory directory;
    private final int stride;
    private int size;
    private int unpacked; // how many of them
    private long[] places = new long[SMALLEST]; // of each slot, see RowDirectory
    private int[] widths = new int[SMALLEST];
    private float[] values;

    OpenRows(RowFormat format, RowDirectory directory) {
        this.format = format;
        this.directory = directory;
        stride = format.unpackedLength();
        values = new float[SMALLEST * stride];
    }

    void clear() {
        size = 0;
        unpacked = 0;
    }

    int size() {
        return size;
    }

    /** The array in which all rows stand unpacked. */
    float[] values() {
        for (; unpacked < size; unpacked++) {
            long place = places[unpacked];
            format.unpack(
                    directory.page(place), RowDirectory.at(place), values, position(unpacked));
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
            int[] page = directory.page(place);
            int at = RowDirectory.at(place);
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

    /** The slot of a row. */
    int open(long place) {
        for (int slot = 0; slot < size; slot++) {
            if (places[slot] == place) {
                return slot;
            }
        }
        return newSlot(place, format.widthAt(directory.page(place), RowDirectory.at(place)));
    }

    /** A slot for a row that is not packed yet; its values are the caller's to set. */
    int add(long place, int width) {
        values();
        int slot = newSlot(place, width);
        unpacked = size;
        return slot;
    }

    private int newSlot(long place, int width) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            widths = Arrays.copyOf(widths, 2 * size);
            values = Arrays.copyOf(values, 2 * values.length);
        }
        places[size] = place;
        widths[size] = width;
        return size++;
    }
}
