package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Sums over a pool's survivors and those that stay for good: E = Σ w(j), M = Σ w(j)x(j) and X = Σ
 * x(j).
 *
 * <p>Who falls is taken out in O(d), which leaves some rounding behind; so the sums are added up
 * anew now and then. Long columns are folded in two, again and again: the compiler makes vector
 * instructions of a loop over arrays at equal places, so the second half is copied to the front of
 * another array first.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
final class PoolSums {

    /** From this length on it pays to fold. */
    private static final int LONG = 128;

    private int dimensions;
    private float totalWeight; // E
    private float[] mean = {}; // M
    private float[] sum = {}; // X
    private int fixed;
    private float fixedWeight;
    private float[] fixedMean = {};
    private float[] fixedSum = {};
    private float[] folded = {};
    private float[] second = {};

    /**
     * Begins a request, with nobody in the sums.
     *
     * @param of how many dimensions count
     * @param room how many survivors there may be
     */
    void begin(int of, int room) {
        dimensions = of;
        fixed = 0;
        totalWeight = 0;
        fixedWeight = 0;
        if (mean.length < dimensions) {
            mean = new float[dimensions];
            sum = new float[dimensions];
            fixedMean = new float[dimensions];
            fixedSum = new float[dimensions];
        }
        if (folded.length < room) {
            folded = new float[room];
            second = new float[room];
        }
        Arrays.fill(mean, 0, dimensions, 0);
        Arrays.fill(sum, 0, dimensions, 0);
        Arrays.fill(fixedMean, 0, dimensions, 0);
        Arrays.fill(fixedSum, 0, dimensions, 0);
    }

    /** Adds a member that stays for good, with vector {@code x}; it counts from the next adding. */
    void enterFixed(float weight, float[] x) {
        fixed++;
        fixedWeight += weight;
        for (int d = 0; d < dimensions; d++) {
            fixedMean[d] += weight * x[d];
            fixedSum[d] += x[d];
        }
    }

    /**
     * Adds up everything anew.
     *
     * @param weights of the survivors; null: those that stay for good alone are weighed, since
     *     nobody asks for E and M
     */
    void addUp(UnitVectors vectors, float[] weights, int size) {
        totalWeight = fixedWeight;
        for (int i = 0; weights != null && i < size; i++) {
            totalWeight += weights[i];
        }
        for (int d = 0; d < dimensions; d++) {
            float[] c = vectors.column(d);
            sum[d] = fixedSum[d] + sumOf(c, size);
            if (weights != null) {
                weigh(weights, c, folded, size);
                mean[d] = fixedMean[d] + sumOf(folded, size);
            }
        }
    }

    private static void weigh(float[] w, float[] c, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = w[i] * c[i];
        }
    }

    private float sumOf(float[] c, int n) {
        float[] from = c;
        int left = n;
        float odd = 0;
        while (left >= LONG) {
            int half = left / 2;
            odd += left % 2 == 0 ? 0 : from[left - 1];
            System.arraycopy(from, half, second, 0, half);
            fold(from, second, folded, half);
            from = folded;
            left = half;
        }
        return plain(from, left) + odd;
    }

    private static void fold(float[] a, float[] b, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] + b[i];
        }
    }

    private static float plain(float[] c, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            s0 += c[i];
            s1 += c[i + 1];
            s2 += c[i + 2];
            s3 += c[i + 3];
        }
        for (; i < n; i++) {
            s0 += c[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Takes out survivor i and gives its place to the last one. */
    void leave(UnitVectors vectors, float weight, int i, int last) {
        totalWeight -= weight;
        for (int d = 0; d < dimensions; d++) {
            float[] c = vectors.column(d);
            mean[d] -= weight * c[i];
            sum[d] -= c[i];
            c[i] = c[last];
        }
        vectors.squares()[i] = vectors.squares()[last];
    }

    /** How many stay for good. */
    int fixed() {
        return fixed;
    }

    /** E. */
    float totalWeight() {
        return totalWeight;
    }

    /** M in one dimension. */
    float mean(int d) {
        return mean[d];
    }

    /** X in one dimension. */
    float sum(int d) {
        return sum[d];
    }
}
