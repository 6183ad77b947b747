package io.sluice.state.model;

import io.sluice.state.kernel.HashedNormal;
import io.sluice.state.sparse.RowInitializer;

/**
 * Where things stand in a row of the factorisation machine.
 *
 * <pre>
 *   0          linear weight w
 *   1 .. k     embedding v
 *   k+1        AdaGrad sum of squared gradients of w
 *   k+2        AdaGrad sum of mean squared gradients of v (one per row)
 * </pre>
 *
 * <p>The served part, w and v, comes first and in one piece: it is what a page carries.
 */
final class RowLayout {

    private RowLayout() {}

    static int linearSum(int dimensions) {
        return dimensions + 1;
    }

    static int embeddingSum(int dimensions) {
        return dimensions + 2;
    }

    /**
     * New rows: w = 0, v drawn from a centred normal distribution by a counter-based generator over
     * (seed, key, dimension), so that a row's first values depend on its key alone.
     */
    static RowInitializer initializer(ModelConfig config) {
        int k = config.dimensions();
        double scale = config.initialScale();
        float sum = (float) config.initialAccumulator();
        long seed = config.seed();
        return (key, arena, from, width) -> {
            arena[from] = 0;
            for (int d = 0; d < width; d++) {
                arena[from + 1 + d] = (float) (scale * HashedNormal.of(seed, key, d));
            }
            arena[from + linearSum(k)] = sum;
            arena[from + embeddingSum(k)] = sum;
        };
    }
}
