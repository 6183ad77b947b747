package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Sums over a pool's survivors and those that stay for good: E = Σ w(j), M = Σ w(j)x(j) and X = Σ
 * x(j).
 *
 * <p>Who falls is taken out in O(d), which leaves some rounding behind; so the sums are added up
 * anew now and then. The first places of a long column are folded: numbers that lie a fixed step
 * apart are added, as many side by side as there are in a step. The compiler makes vector
 * instructions of that as long as steps are constants; of a sum in one variable, never.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
final class PoolSums {

    /** So many numbers are added side by side. */
    private static final int STEP = 256;

    /** Columns are folded by two steps at a time. */
    private static final int HALF = 2 * STEP;

    private static final int QUARTER = STEP / 4;

    private int dimensions;
    private float totalWeight; // E
    private float[] mean = {}; // M
    private float[] sum = {}; // X
    private int fixed;
    private float fixedWeight;
    private float[] fixedMean = {};
    private float[] fixedSum = {};
    private final float[] sums = new float[STEP];
    private final float[] means = new float[STEP];

    /**
     * Begins a request, with nobody in the sums.
     *
     * @param of how many dimensions count
     */
    void begin(int of) {
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

    /** How many places columns and weights need for so many survivors: whole folds. */
    static int roomFor(int survivors) {
        return (survivors + HALF - 1) / HALF * HALF;
    }

    /**
     * Adds up everything anew.
     *
     * @param vectors whose columns hold anything behind the last survivor, up to a whole fold
     * @param weights of the survivors; numbers behind them, too
     */
    void addUp(UnitVectors vectors, float[] weights, int size) {
        totalWeight = fixedWeight;
        for (int i = 0; i < size; i++) {
            totalWeight += weights[i];
        }
        for (int d = 0; d < dimensions; d++) {
            addUp(vectors.column(d), weights, d, size);
        }
    }

    private void addUp(float[] c, float[] w, int d, int n) {
        float s0 = 0;
        float s1 = 0;
        float m0 = 0;
        float m1 = 0;
        int i = 0;
        if (n > STEP) {
            fold(c, w, n);
            s0 = sumOf(sums);
            m0 = sumOf(means);
            i = 2 * HALF;
        }
        for (; i + 8 <= n; i += 8) {
            s0 += (c[i] + c[i + 1]) + (c[i + 2] + c[i + 3]);
            s1 += (c[i + 4] + c[i + 5]) + (c[i + 6] + c[i + 7]);
            m0 += (w[i] * c[i] + w[i + 1] * c[i + 1]) + (w[i + 2] * c[i + 2] + w[i + 3] * c[i + 3]);
            m1 +=
                    (w[i + 4] * c[i + 4] + w[i + 5] * c[i + 5])
                            + (w[i + 6] * c[i + 6] + w[i + 7] * c[i + 7]);
        }
        for (; i < n; i++) {
            s0 += c[i];
            m0 += w[i] * c[i];
        }
        sum[d] = fixedSum[d] + (s0 + s1);
        mean[d] = fixedMean[d] + (m0 + m1);
    }

    /** The first two halves of a column, or the first one, into a quarter of a step. */
    private void fold(float[] c, float[] w, int n) {
        boolean second = n > HALF;
        int whole = second ? 2 * HALF : HALF;
        if (n < whole) {
            Arrays.fill(c, n, whole, 0);
        }
        foldFirst(c, w, sums, means);
        if (second) {
            foldSecond(c, w, sums, means);
        }
        quarter(sums, means);
    }

    private static void foldFirst(float[] c, float[] w, float[] sums, float[] means) {
        for (int i = 0; i < STEP; i++) {
            sums[i] = c[i] + c[i + STEP];
            means[i] = w[i] * c[i] + w[i + STEP] * c[i + STEP];
        }
    }

    private static void foldSecond(float[] c, float[] w, float[] sums, float[] means) {
        for (int i = 0; i < STEP; i++) {
            sums[i] += c[i + HALF] + c[i + HALF + STEP];
            means[i] += w[i + HALF] * c[i + HALF] + w[i + HALF + STEP] * c[i + HALF + STEP];
        }
    }

    private static void quarter(float[] a, float[] b) {
        for (int i = 0; i < QUARTER; i++) {
            a[i] = (a[i] + a[i + QUARTER]) + (a[i + 2 * QUARTER] + a[i + 3 * QUARTER]);
            b[i] = (b[i] + b[i + QUARTER]) + (b[i + 2 * QUARTER] + b[i + 3 * QUARTER]);
        }
    }

    private static float sumOf(float[] folded) {
        float s0 = 0;
        float s1 = 0;
        for (int i = 0; i < QUARTER; i += 8) {
            s0 += (folded[i] + folded[i + 1]) + (folded[i + 2] + folded[i + 3]);
            s1 += (folded[i + 4] + folded[i + 5]) + (folded[i + 6] + folded[i + 7]);
        }
        return s0 + s1;
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
