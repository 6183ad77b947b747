package io.sluice.state.sparse.baseline;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.sparse.ValueFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Numbered rows of one length, packed side by side.
 *
 * <p>A row in 32-bit words: the linear weight as float32; both sums of AdaGrad, float32 each or
 * bfloat16 in one word; the values as float32, bfloat16 or int8. Short formats are rounded by
 * chance, up with a probability equal to the remainder. int8: {@code v = q·s} with a whole q in
 * [−127, 127] and the smallest scale {@code s = (1 + m/4)·2^e} with {@code 127·s ≥ max|v|}, kept as
 * one byte a row. Unpacked: {@code [w, v_0 … v_{k-1}, sum of w, sum of v]}. Not thread-safe.
 */
final class PackedRows {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int SCALE_SHIFT = 21;
    private static final int SCALE_FROM = (127 - 48) << 2;

    private final ValueFormat format;
    private final int dimensions;
    private final int stride;
    private final int valuesAt;
    private final int[] words;
    private final byte[] scales;

    PackedRows(ValueFormat format, int dimensions, int rows) {
        this.format = format;
        this.dimensions = dimensions;
        stride = words(format, dimensions);
        valuesAt = stride - valueWords(format, dimensions);
        if ((long) stride * rows > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "model.memory must hold less than 2^31 words of rows in a baseline, found %d rows of %d words"
                            .formatted(rows, stride));
        }
        words = new int[stride * rows];
        scales = new byte[format == ValueFormat.INT8 ? rows : 0];
    }

    private static int valueWords(ValueFormat format, int dimensions) {
        return switch (format) {
            case FLOAT32 -> dimensions;
            case BFLOAT16 -> (dimensions + 1) / 2;
            case INT8 -> (dimensions + 3) / 4;
        };
    }

    private static int words(ValueFormat format, int dimensions) {
        return (format == ValueFormat.FLOAT32 ? 3 : 2) + valueWords(format, dimensions);
    }

    /** Bytes of one row. */
    static int rowBytes(ValueFormat format, int dimensions) {
        return Integer.BYTES * words(format, dimensions) + (format == ValueFormat.INT8 ? 1 : 0);
    }

    long bytes() {
        return Bytes.of(words) + Bytes.of(scales);
    }

    /** Unpacks w, values and sums: {@code dimensions + 3} floats. */
    void unpack(int row, float[] out, int to) {
        unpackServed(row, out, to);
        int at = row * stride;
        boolean exact = format == ValueFormat.FLOAT32;
        int sums = words[at + 1];
        out[to + dimensions + 1] = Float.intBitsToFloat(exact ? sums : sums & 0xffff0000);
        out[to + dimensions + 2] = Float.intBitsToFloat(exact ? words[at + 2] : sums << 16);
    }

    /** Unpacks w and values: {@code dimensions + 1} floats. */
    void unpackServed(int row, float[] out, int to) {
        int at = row * stride;
        out[to] = Float.intBitsToFloat(words[at]);
        int from = at + valuesAt;
        for (int d = 0; d < dimensions; d++) {
            out[to + 1 + d] =
                    switch (format) {
                        case FLOAT32 -> Float.intBitsToFloat(words[from + d]);
                        case BFLOAT16 -> bfloat(words[from + d / 2], d);
                        case INT8 -> (byte) (words[from + d / 4] >> (8 * (d & 3))) * scale(row);
                    };
        }
    }

    private static float bfloat(int pair, int d) {
        return Float.intBitsToFloat((d & 1) == 0 ? pair << 16 : pair & 0xffff0000);
    }

    private float scale(int row) {
        return Float.intBitsToFloat(((scales[row] & 0xff) + SCALE_FROM) << SCALE_SHIFT);
    }

    /**
     * Packs w, values and sums.
     *
     * @param random decides the roundings
     */
    void pack(int row, float[] in, int from, long random) {
        int at = row * stride;
        words[at] = Float.floatToRawIntBits(in[from]);
        float sumW = in[from + dimensions + 1];
        float sumV = in[from + dimensions + 2];
        if (format == ValueFormat.FLOAT32) {
            words[at + 1] = Float.floatToRawIntBits(sumW);
            words[at + 2] = Float.floatToRawIntBits(sumV);
        } else {
            int chance = (int) Hashing.mix(random);
            words[at + 1] =
                    (rounded(sumW, chance) & 0xffff0000) | (rounded(sumV, chance >>> 16) >>> 16);
        }
        if (format == ValueFormat.INT8) {
            scales[row] = (byte) scaleCode(in, from + 1);
        }
        float inverse = format == ValueFormat.INT8 ? 1 / scale(row) : 0;
        int to = at + valuesAt;
        long chance = 0;
        for (int d = 0; d < dimensions; d++) {
            chance = (d & 3) == 0 ? Hashing.mix(random + (d + 1) * GOLDEN) : chance >>> 16;
            float value = in[from + 1 + d];
            switch (format) {
                case FLOAT32 -> words[to + d] = Float.floatToRawIntBits(value);
                case BFLOAT16 ->
                        put(to + d / 2, 16 * (d & 1), 16, rounded(value, (int) chance) >>> 16);
                case INT8 -> {
                    float share = (chance & 0xffff) * 0x1p-16f;
                    int q = (int) Math.floor(value * inverse + share);
                    put(to + d / 4, 8 * (d & 3), 8, Math.max(-127, Math.min(127, q)));
                }
                default -> throw new IllegalStateException("unknown format " + format);
            }
        }
    }

    /** Replaces some bits of a word. */
    private void put(int word, int shift, int bits, int value) {
        int mask = (1 << bits) - 1;
        words[word] = (words[word] & ~(mask << shift)) | ((value & mask) << shift);
    }

    /** With 16 random bits added below the last one that bfloat16 keeps. */
    private static int rounded(float value, int random) {
        return Float.floatToRawIntBits(value) + (random & 0xffff);
    }

    /** The code of the smallest scale that reaches all values. */
    private int scaleCode(float[] in, int from) {
        float max = 0;
        for (int d = 0; d < dimensions; d++) {
            max = Math.max(max, Math.abs(in[from + d]));
        }
        int bits = Float.floatToRawIntBits(max / 127);
        int code = ((bits + (1 << SCALE_SHIFT) - 1) >>> SCALE_SHIFT) - SCALE_FROM;
        return Math.max(0, Math.min(255, code));
    }

    void write(DataOutput out) throws IOException {
        for (int word : words) {
            out.writeInt(word);
        }
        out.write(scales);
    }

    /** Replaces all rows by those that {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readInt();
        }
        in.readFully(scales);
        float[] row = new float[dimensions + 3];
        for (int i = 0; i < words.length / stride; i++) {
            unpack(i, row, 0);
            for (float value : row) {
                CorruptStateException.finite("a weight", value);
            }
        }
    }
}
