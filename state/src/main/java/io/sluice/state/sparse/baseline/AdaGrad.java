package io.sluice.state.sparse.baseline;

/** The step that {@code state.model.FactorizationMachine} takes in place, on one row. */
final class AdaGrad {

    private AdaGrad() {}

    /**
     * One step (Duchi et al., JMLR 2011) with one sum for the weight and one for the embedding.
     *
     * @param row {@code [w, v_0 … v_{k-1}, sum of w, sum of v]}
     * @param linear gradient of w
     * @param embedding gradient of v
     */
    static void step(StepSizes steps, float[] row, int k, float linear, float[] embedding) {
        float sumW = row[k + 1] * steps.decay() + linear * linear;
        row[k + 1] = sumW;
        row[0] -= steps.linear() * linear / (float) Math.sqrt(sumW);
        float total = 0;
        for (int d = 0; d < k; d++) {
            total += embedding[d] * embedding[d];
        }
        float sumV = row[k + 2] * steps.decay() + total / k;
        row[k + 2] = sumV;
        float scale = steps.embedding() / (float) Math.sqrt(sumV);
        for (int d = 0; d < k; d++) {
            row[1 + d] -= scale * embedding[d];
        }
    }
}
