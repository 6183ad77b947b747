package io.sluice.state.sparse;

import io.sluice.state.kernel.PairSums;

/**
 * Rows found for one vector, summed up where they stand.
 *
 * <p>First all rows are found, then they are summed up: the searches do not depend on each other,
 * so the processor waits for all of them at once. Scratch; not thread-safe.
 */
final class FoundRows {

    private final RowFormat format;
    private final RowPages pages;
    private final FloatRows floats;
    private final float[] row;
    private int size;
    private long[] places = new long[16];
    private float[] factors = new float[16];

    FoundRows(RowFormat format, RowPages pages, FloatRows floats) {
        this.format = format;
        this.pages = pages;
        this.floats = floats;
        row = new float[format.unpackedLength()];
    }

    /** Begins a vector of so many features. */
    void begin(int features) {
        size = 0;
        if (features > places.length) {
            int length = Math.max(features, 2 * places.length);
            places = new long[length];
            factors = new float[length];
        }
    }

    /** Adds a row at a place of a page or in a slot of {@link FloatRows}. */
    void add(long place, float factor) {
        places[size] = place;
        factors[size++] = factor;
    }

    /** Adds rows to sums, see {@link PairSums}; returns that of linear weights. */
    float sum(float linear, float[] sums, float[] squares) {
        float sum = linear;
        float[] values = floats.values();
        for (int i = 0; i < size; i++) {
            long place = places[i];
            float factor = factors[i];
            if (FloatRows.isSlot(place)) {
                int slot = FloatRows.slot(place);
                int at = floats.position(slot);
                sum += values[at] * factor;
                PairSums.add(values, at + 1, floats.width(slot), factor, sums, squares);
            } else {
                format.unpackAndAdd(
                        pages.page(place), RowPages.at(place), row, 0, factor, sums, squares);
                sum += row[0] * factor;
            }
        }
        return sum;
    }
}
