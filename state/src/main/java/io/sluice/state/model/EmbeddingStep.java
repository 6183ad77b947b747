package io.sluice.state.model;

import io.sluice.state.sparse.MaskedEmbeddingTable;

/**
 * One step of AdaGrad on one embedding of the example that was summed up last.
 *
 * <p>The gradient by v_d is {@code g x (S_d − v_d x) + λ v_d}, and with a tower also x times the
 * tower's by that input. Masks take out what is inactive, {@link TopShare} what is small. The sum
 * of the row is fed with the mean of its squares. A row that holds w of k dimensions steps by k/w
 * times the rate, so that a narrow row moves the log-odds by as much as a full one would
 * (state/DESIGN.md D71). {@link DimensionShares} say what its sum is to each dimension (D106).
 * Scratch; not thread-safe.
 */
final class EmbeddingStep {

    private final FactorizationKernel kernel;
    private final TowerTerm tower; // null: none
    private final MaskedEmbeddingTable masks; // null: all values are active
    private final TopShare largest; // null: gradients are stepped along in full
    private final DimensionShares shares; // null: the row's sum is that of each dimension
    private final boolean plain;

    private final int sum;
    private final float[] rates; // of each width
    private final float decay;
    private final float l2;
    private final float initial;
    private final float[] gradients;

    EmbeddingStep(
            ModelConfig config,
            FactorizationKernel kernel,
            TowerTerm tower,
            MaskedEmbeddingTable masks,
            DimensionShares shares) {
        this.kernel = kernel;
        this.tower = tower;
        this.masks = masks;
        this.shares = shares;
        double share = config.focus().gradientShare();
        largest = share < 1 ? new TopShare(share, config.dimensions()) : null;
        plain = tower == null && masks == null && largest == null;
        sum = RowLayout.embeddingSum(config.dimensions());
        rates = new float[config.dimensions() + 1];
        for (int width = 1; width < rates.length; width++) {
            rates[width] = (float) config.learningRate() * (float) config.dimensions() / width;
        }
        decay = (float) config.decay();
        l2 = (float) config.l2();
        initial = (float) config.initialAccumulator();
        gradients = new float[config.dimensions()];
    }

    /**
     * Steps.
     *
     * @param values holds the row from {@code row} on
     * @param width how many values it has, at least 1
     * @param feature the feature whose row it is
     * @param field of the feature
     * @param value of the feature, x
     * @param g gradient of the loss by the log-odds, times x
     */
    void step(float[] values, int row, int width, int feature, int field, float value, float g) {
        float squares = differentiate(values, row, width, value, g);
        if (plain) {
            descend(values, row, width, squares / width);
            return;
        }
        int counted = adjust(feature, field, value, width);
        if (counted > 0) {
            descend(values, row, width, squares(width) / counted);
        }
    }

    /** What {@link #step} would step along; overwritten by the next call. */
    float[] gradient(
            float[] values, int row, int width, int feature, int field, float value, float g) {
        differentiate(values, row, width, value, g);
        if (!plain) {
            adjust(feature, field, value, width);
        }
        return gradients;
    }

    /** Fills {@link #gradients} with the machine's own part; returns the sum of squares. */
    private float differentiate(float[] values, int row, int width, float value, float g) {
        float[] sums = kernel.sums();
        float[] gv = gradients;
        float total = 0;
        for (int d = 0; d < width; d++) {
            float v = values[row + 1 + d];
            float each = g * (sums[d] - v * value) + l2 * v;
            gv[d] = each;
            total += each * each;
        }
        return total;
    }

    private float squares(int width) {
        float total = 0;
        for (int d = 0; d < width; d++) {
            total += gradients[d] * gradients[d];
        }
        return total;
    }

    private void descend(float[] values, int row, int width, float meanSquare) {
        float[] gv = gradients;
        float sumV = values[row + sum] * decay + meanSquare;
        values[row + sum] = sumV;
        if (shares != null) {
            descend(values, row, width, sumV, shares);
            return;
        }
        float scale = rates[width] / (float) Math.sqrt(sumV);
        for (int d = 0; d < width; d++) {
            values[row + 1 + d] -= scale * gv[d];
        }
    }

    private void descend(float[] values, int row, int width, float sumV, DimensionShares of) {
        float[] gv = gradients;
        if (of.isDue()) {
            of.count(gv, width);
        }
        float grown = of.grown(sumV, width);
        float scale = rates[width] / (float) Math.sqrt(Math.min(initial, sumV) + grown);
        float[] factors = of.factors();
        int from = of.octave(grown);
        for (int d = 0; d < width; d++) {
            values[row + 1 + d] -= scale * factors[from + d] * gv[d];
        }
    }

    /** What the tower adds, and masks take away; says how many values the mean is over. */
    private int adjust(int feature, int field, float value, int width) {
        if (tower != null) {
            tower.addGradient(field, value, width, gradients);
        }
        int counted = masks == null ? width : masks.filter(feature, gradients);
        if (largest != null) {
            largest.keep(gradients, width, counted);
        }
        return counted;
    }
}
