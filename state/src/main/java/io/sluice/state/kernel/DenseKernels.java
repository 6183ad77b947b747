package io.sluice.state.kernel;

/**
 * Products of dense matrices over flat arrays, row by row (index of row i, column j of an m×n
 * matrix: {@code i·n + j}).
 *
 * <p>A port, so that a native library may stand behind it. {@link JavaDenseKernels} is the
 * reference; another implementation agrees with it up to the order of additions: for inner length k
 * within {@code k · 2⁻²³ · Σ|aᵢⱼ bⱼ|} of each element.
 */
public interface DenseKernels {

    /**
     * {@code out = a · b}.
     *
     * @param a m×k
     * @param b k×n
     * @param out m×n, overwritten
     * @param m rows of a, at least 1
     * @param k columns of a and rows of b, at least 1
     * @param n columns of b, at least 1; 1 makes it a matrix times a vector
     */
    void multiply(float[] a, float[] b, float[] out, int m, int k, int n);
}
