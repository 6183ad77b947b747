package io.sluice.state.sparse;

import java.util.Arrays;

/**
 * Worth per word, in logarithmic bins, so that a threshold over many rows is found without sorting
 * and whatever their order.
 *
 * <p>A bin is the exponent and the upper three bits of mantissa of a float: eight to the octave,
 * the width of a bin between 9 and 12 %. Bin 0 is worth nothing.
 */
final class Densities {

    static final int BINS = 1 << 11;

    private static final int SHIFT = 20;

    /** Bins to the octave. */
    private static final int PER_OCTAVE = 8;

    private final long[] words = new long[BINS];

    static int bin(float worth, int words) {
        return worth <= 0 ? 0 : Float.floatToRawIntBits(worth / words) >>> SHIFT;
    }

    /** How many bins lie between a number and {@code factor} times that. */
    static int binsOf(double factor) {
        return (int) Math.round(PER_OCTAVE * StrictMath.log(factor) / StrictMath.log(2));
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    void add(int bin, int count) {
        words[bin] += count;
    }

    long get(int bin) {
        return words[bin];
    }

    /** The smallest bin such that what lies in it and above has at most so many words. */
    int floorFor(long most) {
        long sum = 0;
        int bin = BINS;
        while (bin > 0 && sum + words[bin - 1] <= most) {
            sum += words[--bin];
        }
        return bin;
    }
}
