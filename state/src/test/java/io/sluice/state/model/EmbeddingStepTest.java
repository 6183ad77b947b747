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
        ModelConfig config = new ModelConfig(K, RATE, 0.2, 0.05, 0.3, 1, 0.02, 0, 0, 1, 3);
        FactorizationKernel kernel = new FactorizationKernel(K);
        kernel.reset(0);
        float[] others = new float[K + 1];
        for (int d = 1; d <= K; d++) {
            others[d] = 0.1f * d;
        }
        kernel.add(others, 0, K, 1);
        float[] row = new float[K + 3];
        row[K + 2] = 0.3f;

        new EmbeddingStep(config, kernel, null, null).step(row, 0, width, 0, 1, 1, 0.5f);

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
}
