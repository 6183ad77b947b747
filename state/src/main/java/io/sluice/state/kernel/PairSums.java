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
     * Adds one row times a factor; O(width). A row of {@value #BLOCK} without a loop, which would
     * be all beginning and end and leave every check of an index in.
     *
     * @param rows holds the values {@code v_0 … v_{width-1}}
     * @param from index of the first
     * @param factor the feature's value x
     */
    public static void add(
            float[] rows, int from, int width, float factor, float[] sums, float[] squares) {
        if (width == BLOCK) {
            addFour(rows, from, factor, sums, squares, 0);
            addFour(rows, from + 4, factor, sums, squares, 4);
            addFour(rows, from + 8, factor, sums, squares, 8);
            addFour(rows, from + 12, factor, sums, squares, 12);
            return;
        }
        for (int d = 0; d < width; d++) {
            float term = rows[from + d] * factor;
            sums[d] += term;
            squares[d] += term * term;
        }
    }

    private static void addFour(
            float[] rows, int from, float factor, float[] sums, float[] squares, int d) {
        float a = rows[from] * factor;
        float b = rows[from + 1] * factor;
        float c = rows[from + 2] * factor;
        float e = rows[from + 3] * factor;
        sums[d] += a;
        sums[d + 1] += b;
        sums[d + 2] += c;
        sums[d + 3] += e;
        squares[d] += a * a;
        squares[d + 1] += b * b;
        squares[d + 2] += c * c;
        squares[d + 3] += e * e;
    }
}
