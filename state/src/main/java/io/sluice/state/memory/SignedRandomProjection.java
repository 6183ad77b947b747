package io.sluice.state.memory;

import io.sluice.state.kernel.HashedNormal;
import java.util.Arrays;

/**
 * K hashes of L bits: bit = 1 if w · h > 0, for K · L planes w with standard normal coordinates.
 *
 * <p>Two vectors at the angle θ agree in a bit with probability 1 − θ/π (Charikar, STOC 2002), and
 * in a whole hash with (1 − θ/π)ᴸ. The planes are a function of K · L and the vectors' length
 * alone, so everybody who hashes has the same. O(K · L · dimensions). Immutable; thread-safe.
 */
final class SignedRandomProjection {

    private static final long SEED = 0x53525021L;

    private final int arrays;
    private final int bits;
    private final int dimensions;
    // [dimension][array · bit]: an array for each dimension, so that the inner loop has one index
    // for all of its arrays, which is what makes vector instructions of it.
    private final float[][] planes;

    /**
     * Draws the planes.
     *
     * @param arrays K
     * @param bits L, 1 to 20
     * @param dimensions of the vectors
     */
    SignedRandomProjection(int arrays, int bits, int dimensions) {
        this.arrays = arrays;
        this.bits = bits;
        this.dimensions = dimensions;
        int count = arrays * bits;
        planes = new float[dimensions][count];
        for (int i = 0; i < dimensions; i++) {
            for (int plane = 0; plane < count; plane++) {
                planes[i][plane] = (float) HashedNormal.of(SEED, plane, i);
            }
        }
    }

    /** Bytes that the planes take. */
    static long bytes(int arrays, int bits, int dimensions) {
        return (long) Float.BYTES * arrays * bits * dimensions;
    }

    /** How many numbers {@link #hash} needs for itself. */
    int scratch() {
        return arrays * bits;
    }

    /**
     * Hashes a vector.
     *
     * @param h of the dimensions
     * @param scratch at least {@link #scratch} numbers, overwritten
     * @param codes takes K hashes, each within [0, 2ᴸ)
     */
    void hash(float[] h, float[] scratch, int[] codes) {
        int count = arrays * bits;
        Arrays.fill(scratch, 0, count, 0);
        int i = 0;
        for (; i + 4 <= dimensions; i += 4) {
            addFour(h, i, scratch, count);
        }
        for (; i < dimensions; i++) {
            float x = h[i];
            float[] along = planes[i];
            for (int plane = 0; plane < count; plane++) {
                scratch[plane] += x * along[plane];
            }
        }
        int plane = 0;
        for (int array = 0; array < arrays; array++) {
            int code = 0;
            for (int bit = 0; bit < bits; bit++) {
                code = code << 1 | isPositive(scratch[plane++]);
            }
            codes[array] = code;
        }
    }

    /** Four coordinates at once, in their order: a quarter of the loads and stores of sums. */
    private void addFour(float[] h, int i, float[] sums, int count) {
        float a = h[i];
        float b = h[i + 1];
        float c = h[i + 2];
        float d = h[i + 3];
        float[] alongA = planes[i];
        float[] alongB = planes[i + 1];
        float[] alongC = planes[i + 2];
        float[] alongD = planes[i + 3];
        for (int plane = 0; plane < count; plane++) {
            sums[plane] =
                    sums[plane]
                            + a * alongA[plane]
                            + b * alongB[plane]
                            + c * alongC[plane]
                            + d * alongD[plane];
        }
    }

    /** 1 for what is above 0, or else 0; without a branch, since nobody can guess these. */
    private static int isPositive(float x) {
        int raw = Float.floatToRawIntBits(x);
        return (~raw & -raw) >>> 31;
    }
}
