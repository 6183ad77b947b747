package io.sluice.state.kernel;

/**
 * Running sums of a second-order score: {@code S_d = Σᵢ v_id xᵢ} and {@code Q_d = Σᵢ (v_id xᵢ)²}
 * (Rendle, "Factorization Machines", ICDM 2010, lemma 3.1).
 *
 * <p>Whoever adds rows does it in this way: one row after the other, {@code v·x} first, so that
 * equal rows give bit-equal sums.
 */
public final class PairSums {

    /** Dimensions that are summed up at once. */
    public static final int BLOCK = 16;

    private PairSums() {}

    /** Floats of an array of sums for k dimensions: whole blocks, so that none has to be cut. */
    public static int length(int dimensions) {
        return (dimensions + BLOCK - 1) / BLOCK * BLOCK;
    }

    /**
     * Adds one row times a factor; O(width).
     *
     * @param rows holds the values {@code v_0 … v_{width-1}}
     * @param from index of the first
     * @param factor the feature's value x
     */
    public static void add(
            float[] rows, int from, int width, float factor, float[] sums, float[] squares) {
        for (int d = 0; d < width; d++) {
            float term = rows[from + d] * factor;
            sums[d] += term;
            squares[d] += term * term;
        }
    }
}
