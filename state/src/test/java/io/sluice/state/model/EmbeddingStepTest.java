package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of one row, against the gradient by hand. */
class EmbeddingStepTest {

    private static final int K = 8;
    private static final float RATE = 0.1f;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void aNarrowRowStepsByTheShareOfItsDimensionsMoreThanAFullOne(int width) {
        float[] others = others();
        float[] row = new float[K + 3];
        row[K + 2] = 0.3f;

        step(null).step(row, 0, width, 0, 1, 1, 0.5f);

        double meanSquare = 0;
        for (int d = 1; d <= width; d++) {
            meanSquare += Math.pow(0.5 * others[d], 2) / width;
        }
        assertThat((double) row[K + 2]).isCloseTo(0.3 + meanSquare, within(1e-6));
        double rate = RATE * K / width / Math.sqrt(0.3 + meanSquare);
        for (int d = 1; d <= K; d++) {
            double expected = d <= width ? -rate * 0.5 * others[d] : 0;
            assertThat((double) row[d]).isCloseTo(expected, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void sharesMakeDimensionsOfLargeGradientsStepLess(int width) {
        DimensionShares shares = new DimensionShares(K, 0.3f);
        float[] known = new float[K];
        for (int d = 0; d < K; d++) {
            known[d] = (float) Math.sqrt(d + 1);
        }
        for (int n = 0; n < DimensionShares.REFRESH; n++) {
            shares.count(known, K);
            shares.endExample();
        }
        float[] row = new float[K + 3];
        row[K + 2] = 4.3f;

        step(shares).step(row, 0, width, 0, 1, 1, 0.5f);

        // Gradients are 0.05 (d + 1), of w = 4 dimensions with squares 1 : 2 : 3 : 4, so of shares
        // 0.4, 0.8, 1.2 and 1.6; of 8 dimensions with squares 1 to 8 over their mean of 4.5.
        double meanSquare = 0;
        for (int d = 0; d < width; d++) {
            meanSquare += Math.pow(0.05 * (d + 1), 2) / width;
        }
        for (int d = 0; d < width; d++) {
            double share = (d + 1) / ((width + 1) / 2.0);
            double sum = 0.3 + (4 + meanSquare) * share;
            double expected = -RATE * K / width * 0.05 * (d + 1) / Math.sqrt(sum);
            // Factors are those of the middle of an octave.
            assertThat((double) row[1 + d]).isCloseTo(expected, within(0.03 * -expected));
        }
    }

    /** Another feature, 0.1 (d + 1) in dimension d. */
    private static float[] others() {
        float[] others = new float[K + 1];
        for (int d = 1; d <= K; d++) {
            others[d] = 0.1f * d;
        }
        return others;
    }

    /** Steps beside that feature. */
    private static EmbeddingStep step(DimensionShares shares) {
        ModelConfig config = new ModelConfig(K, RATE, 0.2, 0.05, 0.3, 1, 0.02, 0, 0, 1, 3);
        FactorizationKernel kernel = new FactorizationKernel(K);
        kernel.reset(0);
        kernel.add(others(), 0, K, 1);
        return new EmbeddingStep(config, kernel, null, null, shares);
    }
}
