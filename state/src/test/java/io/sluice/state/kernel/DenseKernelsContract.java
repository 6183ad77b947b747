package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every implementation against the definition of a product, in double. */
public abstract class DenseKernelsContract {

    /** The implementation under test. */
    protected abstract DenseKernels kernels();

    @Test
    void agreesWithTheDefinitionForAnyShape() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        DenseKernels kernels = kernels();
        for (int round = 0; round < 60; round++) {
            int m = 1 + random.nextInt(40);
            int k = 1 + random.nextInt(40);
            int n = round % 2 == 0 ? 1 : 1 + random.nextInt(40);
            float[] a = numbers(random, m * k);
            float[] b = numbers(random, k * n);
            float[] out = numbers(random, m * n);

            kernels.multiply(a, b, out, m, k, n);

            for (int i = 0; i < m; i++) {
                for (int c = 0; c < n; c++) {
                    check(a, b, out[i * n + c], i, c, k, n, "seed " + seed);
                }
            }
        }
    }

    private static void check(
            float[] a, float[] b, float found, int i, int c, int k, int n, String means) {
        double expected = 0;
        double size = 0;
        for (int j = 0; j < k; j++) {
            double term = (double) a[i * k + j] * b[j * n + c];
            expected += term;
            size += Math.abs(term);
        }
        // The bound that the port promises.
        assertThat((double) found).as(means).isCloseTo(expected, within(k * 0x1p-23 * size));
    }

    private static float[] numbers(Random random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
