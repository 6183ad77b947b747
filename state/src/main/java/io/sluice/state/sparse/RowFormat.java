package io.sluice.state.sparse;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.PairSums;
import java.util.Arrays;

/**
 * A packed row: where things stand in its 32-bit words, and how they become floats and back.
 *
 * <pre>
 *   0, 1   key, low half first
 *   2      linear weight, float32
 *   3      both sums of AdaGrad as bfloat16, that of the linear weight in the upper half
 *          (float32 format: 3 and 4, a word each)
 *   4 (5)  marks, see {@link RowMarks}
 *   5 (6)  the values v_0 … v_{width-1}, lowest bits first
 * </pre>
 *
 * <p>Widths are nested prefixes: a row of width w holds the first w of k dimensions, the others are
 * 0. Size class 0 has none, class j ≥ 1 has {@code 4·2^(j-1)}, the last one has k. So any two rows
 * share a prefix, and their dot product is contiguous.
 *
 * <p>int8 values: see {@link ByteValues}. Unpacked rows stand in floats as {@code [w, v_0 …
 * v_{k-1}, sum of w, sum of v]}. Immutable.
 */
final class RowFormat {

    private static final int LINEAR = 2;
    private static final int SUMS = 3;
    private static final int SMALLEST_WIDTH = 4;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final ValueFormat format;
    private final int dimensions;
    private final int marksAt;
    private final int valuesAt;
    private final int[] widths;
    private final int[] words;

    RowFormat(ValueFormat format, int dimensions) {
        this.format = format;
        this.dimensions = dimensions;
        valuesAt = format.headWords();
        marksAt = valuesAt - 1;
        int classes = 2;
        while (SMALLEST_WIDTH << (classes - 2) < dimensions) {
            classes++;
        }
        widths = new int[classes];
        words = new int[classes];
        for (int c = 0; c < classes; c++) {
            widths[c] = c == 0 ? 0 : Math.min(dimensions, SMALLEST_WIDTH << (c - 1));
            words[c] = valuesAt + format.valueWords(widths[c]);
        }
    }

    ValueFormat format() {
        return format;
    }

    int dimensions() {
        return dimensions;
    }

    /** The class of full width. */
    int fullClass() {
        return widths.length - 1;
    }

    int width(int sizeClass) {
        return widths[sizeClass];
    }

    /** Words of a row of this class. */
    int words(int sizeClass) {
        return words[sizeClass];
    }

    /** Floats that an unpacked row takes, with room for whole words of values. */
    int unpackedLength() {
        return (dimensions + 3) / 4 * 4 + 4;
    }

    static long key(int[] page, int at) {
        return (page[at] & 0xffffffffL) | ((long) page[at + 1] << 32);
    }

    /** Where the marks of a row stand in it. */
    int marksAt() {
        return marksAt;
    }

    int marks(int[] page, int at) {
        return page[at + marksAt];
    }

    void setMarks(int[] page, int at, int marks) {
        page[at + marksAt] = marks;
    }

    float linear(int[] page, int at) {
        return Float.intBitsToFloat(page[at + LINEAR]);
    }

    /** Values of the row that stands here. */
    int widthAt(int[] page, int at) {
        return widths[RowMarks.sizeClass(page[at + marksAt])];
    }

    /** Words of the row that stands here. */
    int wordsAt(int[] page, int at) {
        return words[RowMarks.sizeClass(page[at + marksAt])];
    }

    /** Starts a row without values; all words behind the key are set. */
    void begin(int[] page, int at, long key, int sizeClass) {
        page[at] = (int) key;
        page[at + 1] = (int) (key >>> 32);
        Arrays.fill(page, at + 2, at + words[sizeClass], 0);
        page[at + marksAt] = sizeClass;
    }

    /** Unpacks w and the values; returns the width. What stands behind them is undefined. */
    int unpackServed(int[] page, int at, float[] out, int to) {
        int marks = page[at + marksAt];
        int width = widths[RowMarks.sizeClass(marks)];
        int from = at + valuesAt;
        int v = to + 1;
        switch (format) {
            case FLOAT32 -> {
                for (int d = 0; d < width; d++) {
                    out[v + d] = Float.intBitsToFloat(page[from + d]);
                }
            }
            case BFLOAT16 -> {
                for (int end = v + width; v < end; v += 2) {
                    int pair = page[from++];
                    out[v] = Float.intBitsToFloat(pair << 16);
                    out[v + 1] = Float.intBitsToFloat(pair & 0xffff0000);
                }
            }
            case INT8 -> ByteValues.read(page, from, width, RowMarks.scale(marks), out, v);
            default -> throw new IllegalStateException("unknown format " + format);
        }
        out[to] = linear(page, at);
        return width;
    }

    /**
     * Unpacks the whole row and adds its values times a factor to sums, see {@link PairSums}.
     *
     * @param sums with room for whole words of values
     */
    void unpackAndAdd(
            int[] page, int at, float[] out, int to, float factor, float[] sums, float[] squares) {
        if (format != ValueFormat.INT8) {
            int width = unpack(page, at, out, to);
            PairSums.add(out, to + 1, width, factor, sums, squares);
            return;
        }
        int marks = page[at + marksAt];
        int width = widths[RowMarks.sizeClass(marks)];
        int from = at + valuesAt;
        int code = RowMarks.scale(marks);
        ByteValues.readAndAdd(page, from, width, code, out, to + 1, factor, sums, squares);
        unpackHead(page, at, out, to);
    }

    /** Unpacks the whole row; returns the width. */
    int unpack(int[] page, int at, float[] out, int to) {
        int width = unpackServed(page, at, out, to);
        unpackHead(page, at, out, to);
        return width;
    }

    /** Unpacks the linear weight and both sums. */
    private void unpackHead(int[] page, int at, float[] out, int to) {
        out[to] = linear(page, at);
        int sums = page[at + SUMS];
        boolean exact = format == ValueFormat.FLOAT32;
        out[to + dimensions + 1] = Float.intBitsToFloat(exact ? sums : sums & 0xffff0000);
        out[to + dimensions + 2] = Float.intBitsToFloat(exact ? page[at + SUMS + 1] : sums << 16);
    }

    /** Packs a row in the class that its marks name, under the marks that it has. */
    void pack(int[] page, int at, float[] in, int from, long random) {
        pack(page, at, page[at + marksAt], in, from, random);
    }

    /**
     * Packs a row.
     *
     * @param marks of the row from now on; they name its class
     * @param random decides the roundings; the same number, the same bits
     */
    void pack(int[] page, int at, int marks, float[] in, int from, long random) {
        page[at + LINEAR] = Float.floatToRawIntBits(in[from]);
        page[at + marksAt] = marks;
        int width = widths[RowMarks.sizeClass(marks)];
        float sumW = in[from + dimensions + 1];
        float sumV = in[from + dimensions + 2];
        int to = at + valuesAt;
        if (format == ValueFormat.FLOAT32) {
            page[at + SUMS] = Float.floatToRawIntBits(sumW);
            page[at + SUMS + 1] = Float.floatToRawIntBits(sumV);
            for (int d = 0; d < width; d++) {
                page[to + d] = Float.floatToRawIntBits(in[from + 1 + d]);
            }
            return;
        }
        int chance = (int) random;
        page[at + SUMS] =
                (roundToBfloat(sumW, chance) & 0xffff0000)
                        | (roundToBfloat(sumV, chance >>> 16) >>> 16);
        if (format == ValueFormat.BFLOAT16) {
            packBfloats(page, to, in, from + 1, width, random);
        } else {
            int code = ByteValues.write(page, to, in, from + 1, width, random);
            page[at + marksAt] = RowMarks.withScale(marks, code);
        }
    }

    /** 64 bits of chance for the values from number d on: one multiplication serves eight bytes. */
    static long chance(long random, int d) {
        long x = random + d * GOLDEN;
        return (x ^ (x >>> 32)) * GOLDEN;
    }

    /**
     * Adds 16 random bits below the last kept one and leaves the sum's lower half to be cut off.
     */
    private static int roundToBfloat(float value, int random) {
        return Float.floatToRawIntBits(value) + (random & 0xffff);
    }

    private static void packBfloats(
            int[] page, int to, float[] in, int from, int width, long random) {
        long chance = 0;
        for (int d = 0; d < width; d += 2) {
            chance = (d & 3) == 0 ? chance(random, d) : chance >>> 32;
            int low = roundToBfloat(in[from + d], (int) chance) >>> 16;
            int high =
                    d + 1 < width
                            ? roundToBfloat(in[from + d + 1], (int) chance >>> 16) & 0xffff0000
                            : 0;
            page[to + (d >> 1)] = high | low;
        }
    }

    /** Refuses a row that holds a number that is none. */
    void checkFinite(int[] page, int at) throws CorruptStateException {
        float[] row = new float[unpackedLength()];
        int width = unpack(page, at, row, 0);
        for (int d = 0; d <= width; d++) {
            CorruptStateException.finite("a weight", row[d]);
        }
        CorruptStateException.finite("a sum of gradients", row[dimensions + 1]);
        CorruptStateException.finite("a sum of gradients", row[dimensions + 2]);
    }
}
