package io.sluice.state.sparse;

import io.sluice.state.kernel.PairSums;

/**
 * Rows found for one vector, summed up straight from their bytes.
 *
 * <p>First all rows are found, then they are summed up: the searches do not depend on each other,
 * so the processor waits for all of them at once. Sums of {@value PairSums#BLOCK} dimensions are
 * local variables, which the compiler keeps in registers; the same with the squares as well is
 * faster where it compiles, but there are not registers enough for it on every machine, and then it
 * may not be compiled at all.
 *
 * <p>{@code v·x = (q·s)·x} is computed as {@code (q·(4 + m))·(x·2^e/4)}, with one multiplication:
 * the first factor is a whole number from a table, the second a shifted exponent, so the result is
 * the same to the bit. Scratch; not thread-safe.
 */
final class FoundRows {

    private final RowFormat format;
    private final RowPages pages;
    private final float[] row;
    private int size;
    private long[] places = new long[16];
    private float[] factors = new float[16];

    FoundRows(RowFormat format, RowPages pages) {
        this.format = format;
        this.pages = pages;
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

    void add(long place, float factor) {
        places[size] = place;
        factors[size++] = factor;
    }

    /** Adds linear weights to a sum. */
    float linear(float linear) {
        float sum = linear;
        for (int i = 0; i < size; i++) {
            sum += format.linear(pages.page(places[i]), RowPages.at(places[i])) * factors[i];
        }
        return sum;
    }

    /** Sets sums that were 0, see {@link PairSums}. */
    void pairs(float[] sums, float[] squares) {
        if (format.format() != ValueFormat.INT8) {
            addUnpacked(sums, squares);
            return;
        }
        for (int from = 0; from < format.dimensions(); from += PairSums.BLOCK) {
            addBytes(from, sums, squares);
        }
    }

    private void addUnpacked(float[] sums, float[] squares) {
        for (int i = 0; i < size; i++) {
            long place = places[i];
            int width = format.unpackServed(pages.page(place), RowPages.at(place), row, 0);
            PairSums.add(row, 1, width, factors[i], sums, squares);
        }
    }

    private void addBytes(int from, float[] sums, float[] q) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        float s8 = 0;
        float s9 = 0;
        float s10 = 0;
        float s11 = 0;
        float s12 = 0;
        float s13 = 0;
        float s14 = 0;
        float s15 = 0;
        for (int i = 0; i < size; i++) {
            int[] page = pages.page(places[i]);
            int at = RowPages.at(places[i]);
            int marks = format.marks(page, at);
            int width = format.width(RowMarks.sizeClass(marks)) - from;
            int scale = RowMarks.scale(marks);
            int quarters = ByteValues.quarters(scale);
            float factor = ByteValues.power(scale) * factors[i];
            at = format.valueWord(at, from);
            if (width > 0) {
                int four = page[at];
                float a = ByteValues.whole(quarters, four) * factor;
                float b = ByteValues.whole(quarters, four >>> 8) * factor;
                float c = ByteValues.whole(quarters, four >>> 16) * factor;
                float d = ByteValues.whole(quarters, four >>> 24) * factor;
                s0 += a;
                s1 += b;
                s2 += c;
                s3 += d;
                q[from] += a * a;
                q[from + 1] += b * b;
                q[from + 2] += c * c;
                q[from + 3] += d * d;
            }
            if (width > 4) {
                int four = page[at + 1];
                float a = ByteValues.whole(quarters, four) * factor;
                float b = ByteValues.whole(quarters, four >>> 8) * factor;
                float c = ByteValues.whole(quarters, four >>> 16) * factor;
                float d = ByteValues.whole(quarters, four >>> 24) * factor;
                s4 += a;
                s5 += b;
                s6 += c;
                s7 += d;
                q[from + 4] += a * a;
                q[from + 5] += b * b;
                q[from + 6] += c * c;
                q[from + 7] += d * d;
            }
            if (width > 8) {
                int four = page[at + 2];
                float a = ByteValues.whole(quarters, four) * factor;
                float b = ByteValues.whole(quarters, four >>> 8) * factor;
                float c = ByteValues.whole(quarters, four >>> 16) * factor;
                float d = ByteValues.whole(quarters, four >>> 24) * factor;
                s8 += a;
                s9 += b;
                s10 += c;
                s11 += d;
                q[from + 8] += a * a;
                q[from + 9] += b * b;
                q[from + 10] += c * c;
                q[from + 11] += d * d;
            }
            if (width > 12) {
                int four = page[at + 3];
                float a = ByteValues.whole(quarters, four) * factor;
                float b = ByteValues.whole(quarters, four >>> 8) * factor;
                float c = ByteValues.whole(quarters, four >>> 16) * factor;
                float d = ByteValues.whole(quarters, four >>> 24) * factor;
                s12 += a;
                s13 += b;
                s14 += c;
                s15 += d;
                q[from + 12] += a * a;
                q[from + 13] += b * b;
                q[from + 14] += c * c;
                q[from + 15] += d * d;
            }
        }
        sums[from] = s0;
        sums[from + 1] = s1;
        sums[from + 2] = s2;
        sums[from + 3] = s3;
        sums[from + 4] = s4;
        sums[from + 5] = s5;
        sums[from + 6] = s6;
        sums[from + 7] = s7;
        sums[from + 8] = s8;
        sums[from + 9] = s9;
        sums[from + 10] = s10;
        sums[from + 11] = s11;
        sums[from + 12] = s12;
        sums[from + 13] = s13;
        sums[from + 14] = s14;
        sums[from + 15] = s15;
    }
}
