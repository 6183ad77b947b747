package io.sluice.state.sparse;

import io.sluice.state.kernel.PairSums;

/**
 * Embedding values as bytes times a scale of their row, four in a word, lowest bits first.
 *
 * <p>{@code v = q·s} with a whole q in [−127, 127]; s is the smallest {@code (1 + m/4)·2^e} (m = 0
 * … 3) with {@code 127·s ≥ max|v|}, so 8 bits hold it. q is v/s rounded up or down by chance (see
 * {@link ValueFormat}), in 256ths. {@code q·s} is exact in a float.
 *
 * <p>Rows of sixteen are read and written without a loop: one that turns a few times is all
 * beginning and end, where the compiler leaves every check of an index in. Stateless.
 */
final class ByteValues {

    /** Bits of a scale's float below its exponent and two bits of mantissa. */
    private static final int SCALE_SHIFT = 21;

    /** The smallest scale, 2⁻⁴⁸; the largest is 2¹⁵·1.75. */
    private static final int SCALE_FROM = (127 - 48) << 2;

    /** The width that is read and written without a loop. */
    private static final int SIXTEEN = 16;

    /** 256 divided by each scale. */
    private static final float[] STEPS = new float[256];

    /** Added to a float below 2²² in magnitude, leaves it rounded to an integer in its low bits. */
    private static final float MAGIC = 0x1.8p23f + 0x1p15f;

    private static final int BIAS = Float.floatToRawIntBits(MAGIC);

    /** What four words of {@link #fixed}, 16 bits apart, leave in each other's places. */
    private static final long OVERLAP;

    /** Bytes 0, 2, 4 and 6. */
    private static final long EVEN = 0x00ff00ff00ff00ffL;

    private static final long SIGNS = 0x8080808080808080L;

    static {
        for (int code = 0; code < STEPS.length; code++) {
            STEPS[code] = 256 / scale(code);
        }
        long upper = BIAS & 0xffff0000;
        OVERLAP = upper ^ (upper << 16) ^ (upper << 32) ^ (upper << 48);
    }

    private ByteValues() {}

    static float scale(int code) {
        return Float.intBitsToFloat((code + SCALE_FROM) << SCALE_SHIFT);
    }

    /** The code of the smallest scale that reaches a magnitude. */
    static int scaleCode(float max) {
        int bits = Float.floatToRawIntBits(max * (1 / 127f));
        int code = ((bits + (1 << SCALE_SHIFT) - 1) >>> SCALE_SHIFT) - SCALE_FROM;
        return Math.max(0, Math.min(255, code));
    }

    /**
     * Reads values.
     *
     * @param from the word with the first ones
     * @param code of their scale
     * @param out takes whole words of values from {@code to} on
     */
    static void read(int[] page, int from, int width, int code, float[] out, int to) {
        float scale = scale(code);
        if (width == SIXTEEN) {
            read(page[from], scale, out, to);
            read(page[from + 1], scale, out, to + 4);
            read(page[from + 2], scale, out, to + 8);
            read(page[from + 3], scale, out, to + 12);
            return;
        }
        for (int d = 0; d < width; d += 4) {
            read(page[from + (d >> 2)], scale, out, to + d);
        }
    }

    private static void read(int four, float scale, float[] out, int to) {
        out[to] = (byte) four * scale;
        out[to + 1] = (byte) (four >>> 8) * scale;
        out[to + 2] = (byte) (four >>> 16) * scale;
        out[to + 3] = (four >> 24) * scale;
    }

    /**
     * Reads values and adds them, times a factor, to sums, see {@link PairSums}.
     *
     * @param sums with room for whole words of values, like {@code squares}
     */
    static void readAndAdd(
            int[] page,
            int from,
            int width,
            int code,
            float[] out,
            int to,
            float factor,
            float[] sums,
            float[] squares) {
        float scale = scale(code);
        if (width == SIXTEEN) {
            readAndAdd(page[from], scale, out, to, factor, sums, squares, 0);
            readAndAdd(page[from + 1], scale, out, to + 4, factor, sums, squares, 4);
            readAndAdd(page[from + 2], scale, out, to + 8, factor, sums, squares, 8);
            readAndAdd(page[from + 3], scale, out, to + 12, factor, sums, squares, 12);
            return;
        }
        for (int d = 0; d < width; d += 4) {
            readAndAdd(page[from + (d >> 2)], scale, out, to + d, factor, sums, squares, d);
        }
    }

    private static void readAndAdd(
            int four,
            float scale,
            float[] out,
            int to,
            float factor,
            float[] sums,
            float[] squares,
            int d) {
        float a = (byte) four * scale;
        float b = (byte) (four >>> 8) * scale;
        float c = (byte) (four >>> 16) * scale;
        float e = (four >> 24) * scale;
        out[to] = a;
        out[to + 1] = b;
        out[to + 2] = c;
        out[to + 3] = e;
        a *= factor;
        b *= factor;
        c *= factor;
        e *= factor;
        sums[d] += a;
        sums[d + 1] += b;
        sums[d + 2] += c;
        sums[d + 3] += e;
        squares[d] += a * a;
        squares[d + 1] += b * b;
        squares[d + 2] += c * c;
        squares[d + 3] += e * e;
    }

    /**
     * Writes values by the smallest scale that reaches them all.
     *
     * @param to the word that takes the first ones
     * @param random decides the roundings
     * @return the code of the scale
     */
    static int write(int[] page, int to, float[] in, int from, int width, long random) {
        if (width == SIXTEEN) {
            return writeSixteen(page, to, in, from, random);
        }
        int code = scaleCode(largest(in, from, width));
        float steps = STEPS[code];
        int word = to;
        int d = 0;
        for (; d + 8 <= width; d += 8, word += 2) {
            long eight = eight(in, from + d, steps, RowFormat.chance(random, d));
            page[word] = (int) eight;
            page[word + 1] = (int) (eight >>> 32);
        }
        if (d < width) {
            long upper = width - d > 4 ? RowFormat.chance(random, d + 4) << 32 : 0;
            long chances = (RowFormat.chance(random, d) & 0xffffffffL) | upper;
            writeRest(page, word, in, from + d, width - d, steps, chances);
        }
        return code;
    }

    private static int writeSixteen(int[] page, int to, float[] in, int from, long random) {
        int lower = Math.max(ofFour(in, from), ofFour(in, from + 4));
        int upper = Math.max(ofFour(in, from + 8), ofFour(in, from + 12));
        int code = scaleCode(Float.intBitsToFloat(Math.max(lower, upper)));
        float steps = STEPS[code];
        long first = eight(in, from, steps, RowFormat.chance(random, 0));
        long second = eight(in, from + 8, steps, RowFormat.chance(random, 8));
        page[to] = (int) first;
        page[to + 1] = (int) (first >>> 32);
        page[to + 2] = (int) second;
        page[to + 3] = (int) (second >>> 32);
        return code;
    }

    private static long eight(float[] in, int from, float steps, long chances) {
        long even =
                fixed(in[from], steps)
                        ^ ((long) fixed(in[from + 2], steps) << 16)
                        ^ ((long) fixed(in[from + 4], steps) << 32)
                        ^ ((long) fixed(in[from + 6], steps) << 48)
                        ^ OVERLAP;
        long odd =
                fixed(in[from + 1], steps)
                        ^ ((long) fixed(in[from + 3], steps) << 16)
                        ^ ((long) fixed(in[from + 5], steps) << 32)
                        ^ ((long) fixed(in[from + 7], steps) << 48)
                        ^ OVERLAP;
        return bytes(even, odd, chances);
    }

    /** Fewer than eight values. */
    private static void writeRest(
            int[] page, int to, float[] in, int from, int values, float steps, long chances) {
        long even = 0;
        long odd = 0;
        for (int d = 0; d < 8; d++) {
            long field = (fixed(d < values ? in[from + d] : 0, steps) & 0xffffL) << (d / 2 * 16);
            even |= (d & 1) == 0 ? field : 0;
            odd |= (d & 1) == 0 ? 0 : field;
        }
        // What is no value stays 0 whatever chance says: it is a whole number of steps.
        long eight = bytes(even, odd, chances);
        page[to] = (int) eight;
        if (values > 4) {
            page[to + 1] = (int) (eight >>> 32);
        }
    }

    /** Four values each in 256ths, above 2¹⁵, plus 8 bits of chance: the upper bytes, signed. */
    private static long bytes(long even, long odd, long chances) {
        long a = even + (chances & EVEN);
        long b = odd + ((chances >>> 8) & EVEN);
        return (((a >>> 8) & EVEN) | (b & ~EVEN)) ^ SIGNS;
    }

    /** A value in 256ths of the scale, above 2¹⁵, in the lower half of a word. */
    private static int fixed(float value, float steps) {
        return Float.floatToRawIntBits(value * steps + MAGIC);
    }

    /** The largest magnitude; compared as integers, which order as floats that are not negative. */
    private static float largest(float[] in, int from, int width) {
        int max = 0;
        int d = from;
        for (; d + 8 <= from + width; d += 8) {
            max = Math.max(max, Math.max(ofFour(in, d), ofFour(in, d + 4)));
        }
        for (; d < from + width; d++) {
            max = Math.max(max, magnitude(in[d]));
        }
        return Float.intBitsToFloat(max);
    }

    private static int ofFour(float[] in, int d) {
        int lower = Math.max(magnitude(in[d]), magnitude(in[d + 1]));
        return Math.max(lower, Math.max(magnitude(in[d + 2]), magnitude(in[d + 3])));
    }

    private static int magnitude(float value) {
        return Float.floatToRawIntBits(value) & 0x7fffffff;
    }
}
