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
    private final float[] planes; // [dimension][array · bit], so that the inner loop is a vector's

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
        planes = new float[dimensions * count];
        for (int i = 0; i < dimensions; i++) {
            for (int plane = 0; plane < count; plane++) {
                planes[i * count + plane] = (float) HashedNormal.of(SEED, plane, i);
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
        for (int i = 0; i < dimensions; i++) {
            float x = h[i];
            int from = i * count;
            for (int plane = 0; plane < count; plane++) {
                scratch[plane] += x * planes[from + plane];
            }
        }
        int plane = 0;
        for (int array = 0; array < arrays; array++) {
            int code = 0;
            for (int bit = 0; bit < bits; bit++) {
                code = code << 1 | (scratch[plane++] > 0 ? 1 : 0);
            }
            codes[array] = code;
        }
    }
}
