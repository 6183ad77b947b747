package io.sluice.state.model;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How the squared gradients of embeddings are spread over dimensions, and what a row's one sum of
 * them is worth for each of its dimensions.
 *
 * <p>A sum of squares for each weight would be the sum of its row times the share of its dimension,
 * if all rows were alike in that; so AdaGrad steps of dimension d are divided by {@code √(a + c_w n
 * s_d)} with the initial sum a, what the row's mean square has added to it n, shares s of mean 1,
 * and {@code c_w = w/(s_0 + … + s_{w-1})} for a row of width w, so that the shares of what it has
 * are of mean 1 too (sums of rows times sums of columns are Adafactor's: Shazeer and Stern, ICML
 * 2018; here the initial sum stays outside, and columns are of all rows together).
 *
 * <p>Shares are means over touches, of every {@value #EVERY}th example; rows of any width count for
 * the dimensions that they have, and from {@value #MEMORY} touches on what is old fades. They are
 * put into force every {@value #REFRESH} examples, when the factor {@code √((a + n)/(a + n s_d))}
 * is computed for each octave of n/a, so that a step costs one multiplication a dimension and no
 * root. 64 bytes a dimension. Not thread-safe.
 */
final class DimensionShares {

    private static final int EVERY = 8;

    /** Examples between two moments at which shares are put into force. */
    static final int REFRESH = 512;

    private static final int MEMORY = 100_000;

    /** Octaves of n/a that have factors of their own; the first and the last take all beyond. */
    private static final int OCTAVES = 12;

    private static final int LOWEST = -5;

    private final int k;
    private final float initial;
    private final float[] squares; // of each dimension, over the touches counted
    private final int[] touches; // of each dimension
    private final float[] shares; // in force
    private int examples; // since they are

    // -- made of the shares in force
    private final float[] widths; // c_w of each width
    private final float[] factors; // of each octave, k of them

    DimensionShares(int dimensions, float initialSum) {
        k = dimensions;
        initial = initialSum;
        squares = new float[k];
        touches = new int[k];
        shares = new float[k];
        widths = new float[k + 1];
        factors = new float[OCTAVES * k];
        clear();
    }

    /** Goes back to shares that are all the same. */
    void clear() {
        Arrays.fill(squares, 0);
        Arrays.fill(touches, 0);
        Arrays.fill(shares, 1);
        examples = 0;
        derive();
    }

    long bytes() {
        return bytes(k);
    }

    /** Bytes for so many dimensions. */
    static long bytes(int dimensions) {
        return 4L * ((4 + OCTAVES) * dimensions + 1);
    }

    /** Ends an example. */
    void endExample() {
        if (++examples == REFRESH) {
            examples = 0;
            refresh();
        }
    }

    /** Whether gradients of the example under way are to be counted. */
    boolean isDue() {
        return examples % EVERY == 0;
    }

    /** Counts the gradient of a row of this width. */
    void count(float[] gradient, int width) {
        for (int d = 0; d < width; d++) {
            squares[d] += gradient[d] * gradient[d];
            touches[d]++;
        }
    }

    private void refresh() {
        float total = 0;
        for (int d = 0; d < k; d++) {
            if (touches[d] > MEMORY) {
                squares[d] *= (float) MEMORY / touches[d];
                touches[d] = MEMORY;
            }
            shares[d] = touches[d] == 0 ? 0 : squares[d] / touches[d];
            total += shares[d];
        }
        for (int d = 0; d < k; d++) {
            shares[d] = total > 0 ? shares[d] * k / total : 1;
        }
        derive();
    }

    private void derive() {
        float sum = 0;
        for (int d = 0; d < k; d++) {
            sum += shares[d];
            widths[d + 1] = sum > 0 ? (d + 1) / sum : 1;
        }
        for (int octave = 0; octave < OCTAVES; octave++) {
            float ratio = Math.scalb(1.5f, LOWEST + octave);
            for (int d = 0; d < k; d++) {
                factors[octave * k + d] = (float) Math.sqrt((1 + ratio) / (1 + ratio * shares[d]));
            }
        }
    }

    /**
     * What a row of this width has gathered beyond the initial sum, on the scale of the shares: c_w
     * n. 0 where fading has left less than the initial sum.
     */
    float grown(float sum, int width) {
        return Math.max(0, sum - initial) * widths[width];
    }

    /** Where in {@link #factors} those of a row that has gathered so much begin. */
    int octave(float grown) {
        int octave = Math.getExponent(grown / initial) - LOWEST;
        return k * Math.min(OCTAVES - 1, Math.max(0, octave));
    }

    /** What the step of each dimension is multiplied by; not to be written. */
    float[] factors() {
        return factors;
    }

    /** Examples since shares are in force; then of each dimension share, squares and touches. */
    void write(DataOutput out) throws IOException {
        out.writeInt(examples);
        for (int d = 0; d < k; d++) {
            out.writeFloat(shares[d]);
            out.writeFloat(squares[d]);
            out.writeInt(touches[d]);
        }
    }

    /** Replaces all by what {@link #write} wrote for as many dimensions. */
    void read(DataInput in) throws IOException {
        examples = within("examples since shares are in force", in.readInt(), REFRESH - 1);
        for (int d = 0; d < k; d++) {
            shares[d] = notNegative("a share of a dimension", in.readFloat());
            squares[d] = notNegative("a dimension's sum of squares", in.readFloat());
            touches[d] = within("touches of a dimension", in.readInt(), Integer.MAX_VALUE);
        }
        derive();
    }

    /** Passes over what {@link #write} wrote. */
    static void skip(int dimensions, DataInput in) throws IOException {
        new DimensionShares(dimensions, 1).read(in);
    }

    private static int within(String what, int found, int most) throws CorruptStateException {
        if (found < 0 || found > most) {
            throw new CorruptStateException(
                    "model state: found %d %s, expected 0 to %d".formatted(found, what, most));
        }
        return found;
    }

    private static float notNegative(String what, float found) throws CorruptStateException {
        if (CorruptStateException.finite(what, found) < 0) {
            throw new CorruptStateException(
                    "model state: found %s of %s, expected 0 or more".formatted(what, found));
        }
        return found;
    }
}
