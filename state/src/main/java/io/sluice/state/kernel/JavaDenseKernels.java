package io.sluice.state.kernel;

import java.util.Arrays;

/**
 * The plain-Java twin: no dependency, no state, thread-safe. O(m·k·n).
 *
 * <p>A vector on the right is taken by four dot products at a time, whose sums do not wait for each
 * other; a matrix by adding scaled rows of b, a loop that the JIT compiler turns into vector
 * instructions.
 */
public final class JavaDenseKernels implements DenseKernels {

    @Override
    public void multiply(float[] a, float[] b, float[] out, int m, int k, int n) {
        if (n == 1) {
            multiplyByVector(a, b, out, m, k);
        } else {
            multiplyByMatrix(a, b, out, m, k, n);
        }
    }

    private static void multiplyByVector(float[] a, float[] x, float[] out, int m, int k) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            int row = i * k;
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            for (int j = 0; j < k; j++) {
                float v = x[j];
                s0 += a[row + j] * v;
                s1 += a[row + k + j] * v;
                s2 += a[row + 2 * k + j] * v;
                s3 += a[row + 3 * k + j] * v;
            }
            out[i] = s0;
            out[i + 1] = s1;
            out[i + 2] = s2;
            out[i + 3] = s3;
        }
        for (; i < m; i++) {
            float sum = 0;
            for (int j = 0; j < k; j++) {
                sum += a[i * k + j] * x[j];
            }
            out[i] = sum;
        }
    }

    private static void multiplyByMatrix(float[] a, float[] b, float[] out, int m, int k, int n) {
        Arrays.fill(out, 0, m * n, 0);
        for (int i = 0; i < m; i++) {
            int to = i * n;
            for (int j = 0; j < k; j++) {
                float v = a[i * k + j];
                int from = j * n;
                for (int c = 0; c < n; c++) {
                    out[to + c] += v * b[from + c];
                }
            }
        }
    }
}
