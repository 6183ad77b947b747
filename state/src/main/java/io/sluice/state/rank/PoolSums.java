package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Sums over a pool's survivors and those that stay for good: E = Σ w(j), M = Σ w(j)x(j) and X = Σ
 * x(j).
 *
 * <p>Who falls is taken out in O(d), which leaves some rounding behind; so the sums are begun anew
 * now and then, from those that stay for good.
 *
 * <p>Scratch: grows to the most dimensions seen and is then reused without allocation. Not
 * thread-safe.
 */
final class PoolSums {

    private int dimensions;
    private float totalWeight; // E
    private float[] mean = {}; // M
    private float[] sum = {}; // X
    private int fixed;
    private float fixedWeight;
    private float[] fixedMean = {};
    private float[] fixedSum = {};

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

    /**
     * Adds a member.
     *
     * @param weight its weight
     * @param x holds its vector
     * @param from where that begins
     */
    void enter(float weight, float[] x, int from) {
        float[] m = mean;
        float[] all = sum;
        totalWeight += weight;
        for (int d = 0; d < dimensions; d++) {
            m[d] += weight * x[from + d];
        }
        for (int d = 0; d < dimensions; d++) {
            all[d] += x[from + d];
        }
    }

    /** Adds a member that stays for good, with vector {@code x}. */
    void enterFixed(float weight, float[] x) {
        fixed++;
        fixedWeight += weight;
        for (int d = 0; d < dimensions; d++) {
            fixedMean[d] += weight * x[d];
            fixedSum[d] += x[d];
        }
        enter(weight, x, 0);
    }

    /** Takes out a member, told of as in {@link #enter}. */
    void leave(float weight, float[] x, int from) {
        totalWeight -= weight;
        for (int d = 0; d < dimensions; d++) {
            mean[d] -= weight * x[from + d];
            sum[d] -= x[from + d];
        }
    }

    /** Goes back to those that stay for good; all others are to be added again. */
    void restart() {
        totalWeight = fixedWeight;
        System.arraycopy(fixedMean, 0, mean, 0, dimensions);
        System.arraycopy(fixedSum, 0, sum, 0, dimensions);
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
