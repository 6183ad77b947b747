package io.sluice.state.rank;

import java.util.Arrays;

/**
 * The products of each survivor's vector with the sums over the pool: ⟨g ∘ x, M⟩ and ⟨x, X⟩.
 *
 * <p>By columns or row by row, the same bit for bit: both add up four dimensions at a time. Columns
 * are what the compiler turns into vector instructions; rows do for one survivor, or for a pool
 * that shrinks so fast that columns would not pay.
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

    /** Products of those vectors with those sums. */
    PoolProducts(UnitVectors vectors, PoolSums sums) {
        this.vectors = vectors;
        this.sums = sums;
    }

    /**
     * Begins a request; the vectors must have begun theirs.
     *
     * @param room how many survivors there must be room for
     */
    void begin(int room) {
        if (toMean.length < room) {
            toMean = new float[room];
            toSum = new float[room];
        }
        if (scaledMean.length < vectors.dimensions()) {
            scaledMean = new float[vectors.dimensions()];
            floatSum = new float[vectors.dimensions()];
        }
    }

    /** Takes the sums as they are now, for the products that follow. */
    void prepare(float[] gains) {
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

    /** The products of one survivor, from its row. */
    void multiplyRow(int i) {
        float[] rows = vectors.rows();
        int dimensions = vectors.dimensions();
        float a = 0;
        float b = 0;
        int from = vectors.at(i);
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            float x0 = rows[from + d];
            float x1 = rows[from + d + 1];
            float x2 = rows[from + d + 2];
            float x3 = rows[from + d + 3];
            a +=
                    (scaledMean[d] * x0 + scaledMean[d + 1] * x1)
                            + (scaledMean[d + 2] * x2 + scaledMean[d + 3] * x3);
            b +=
                    (floatSum[d] * x0 + floatSum[d + 1] * x1)
                            + (floatSum[d + 2] * x2 + floatSum[d + 3] * x3);
        }
        for (; d < dimensions; d++) {
            a += scaledMean[d] * rows[from + d];
            b += floatSum[d] * rows[from + d];
        }
        toMean[i] = a;
        toSum[i] = b;
    }

    /** The products of the first survivors, four columns at a time. */
    void multiply(int size) {
        vectors.transpose(size);
        clear(size);
        int dimensions = vectors.dimensions();
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            four(d, size);
        }
        for (; d < dimensions; d++) {
            one(d, size);
        }
    }

    private void four(int d, int n) {
        float[] c0 = vectors.column(d);
        float[] c1 = vectors.column(d + 1);
        float[] c2 = vectors.column(d + 2);
        float[] c3 = vectors.column(d + 3);
        float a0 = scaledMean[d];
        float a1 = scaledMean[d + 1];
        float a2 = scaledMean[d + 2];
        float a3 = scaledMean[d + 3];
        float b0 = floatSum[d];
        float b1 = floatSum[d + 1];
        float b2 = floatSum[d + 2];
        float b3 = floatSum[d + 3];
        float[] a = toMean;
        float[] b = toSum;
        // Two loops: with both sums in one the compiler gave up on vectors for the second.
        for (int i = 0; i < n; i++) {
            a[i] += (a0 * c0[i] + a1 * c1[i]) + (a2 * c2[i] + a3 * c3[i]);
        }
        for (int i = 0; i < n; i++) {
            b[i] += (b0 * c0[i] + b1 * c1[i]) + (b2 * c2[i] + b3 * c3[i]);
        }
    }

    private void one(int d, int n) {
        float[] column = vectors.column(d);
        for (int i = 0; i < n; i++) {
            toMean[i] += scaledMean[d] * column[i];
            toSum[i] += floatSum[d] * column[i];
        }
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
