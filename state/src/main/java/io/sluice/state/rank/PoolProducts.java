package io.sluice.state.rank;

import java.util.Arrays;

/**
 * The products of each survivor's vector with the sums over the pool: ⟨g ∘ x, M⟩ and ⟨x, X⟩, each
 * of them only where the head asks for it.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
final class PoolProducts {

    private final UnitVectors vectors;
    private final PoolSums sums;
    private float[] toMean = {}; // ⟨g ∘ x, M⟩
    private float[] toSum = {}; // ⟨x, X⟩
    private float[] scaledMean = {}; // g ∘ M
    private float[] floatSum = {}; // X
    private boolean likes;
    private boolean crowds;

    /** Products of those vectors with those sums. */
    PoolProducts(UnitVectors vectors, PoolSums sums) {
        this.vectors = vectors;
        this.sums = sums;
    }

    /**
     * Begins a request; the vectors must have begun theirs.
     *
     * @param asksMean whether products with M are asked for
     * @param asksSum whether products with X are asked for
     * @param room how many survivors there must be room for
     */
    void begin(boolean asksMean, boolean asksSum, int room) {
        likes = asksMean;
        crowds = asksSum;
        if (toMean.length < room) {
            toMean = new float[room];
            toSum = new float[room];
        }
        if (scaledMean.length < vectors.dimensions()) {
            scaledMean = new float[vectors.dimensions()];
            floatSum = new float[vectors.dimensions()];
        }
    }

    private void prepare(float[] gains) {
        for (int d = 0; d < vectors.dimensions(); d++) {
            scaledMean[d] = gains[d] * sums.mean(d);
            floatSum[d] = sums.sum(d);
        }
    }

    /** Sets the products of the first survivors to 0. */
    void clear(int size) {
        Arrays.fill(toMean, 0, size, 0);
        Arrays.fill(toSum, 0, size, 0);
    }

    /** The products of one survivor with the sums as they are, as {@link #multiply} has them. */
    void multiplyOne(float[] gains, int i) {
        prepare(gains);
        toMean[i] = likes ? vectors.product(scaledMean, i) : 0;
        toSum[i] = crowds ? vectors.product(floatSum, i) : 0;
    }

    /** The products of the first survivors with the sums as they are. */
    void multiply(float[] gains, int size) {
        prepare(gains);
        clear(size);
        vectors.addProducts(
                likes ? scaledMean : null, toMean, crowds ? floatSum : null, toSum, size);
    }

    /** ⟨g ∘ x, M⟩ of each survivor, as of the last time it was multiplied. */
    float[] toMean() {
        return toMean;
    }

    /** ⟨x, X⟩ of each survivor, as of the last time it was multiplied. */
    float[] toSum() {
        return toSum;
    }
}
