package io.sluice.state.model;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.PairSums;
import io.sluice.state.sparse.EmbeddingTable;
import java.util.Arrays;

/**
 * The running sums of a factorisation machine's score.
 *
 * <p>{@code z = linear + ½ Σ_d [S_d² − Q_d]} with {@code S_d = Σᵢ v_id xᵢ} and {@code Q_d = Σᵢ
 * (v_id xᵢ)²} (Rendle, ICDM 2010, lemma 3.1). Rows are added one after the other; a copy taken
 * after the rows of the request is the common start of all its candidates. Training and serving
 * both add rows through this class, in the order of the feature vector, so that equal rows give
 * bit-equal scores.
 *
 * <p>Mutable scratch; not thread-safe.
 */
public final class FactorizationKernel {

    private final int dimensions;
    private final float[] sums;
    private final float[] squares;
    private float linear;

    /** Sums for embeddings of this length. */
    public FactorizationKernel(int dimensions) {
        this.dimensions = dimensions;
        sums = new float[PairSums.length(dimensions)];
        squares = new float[PairSums.length(dimensions)];
    }

    /** Length of the embeddings. */
    public int dimensions() {
        return dimensions;
    }

    /** Empties the sums; the score starts from the bias. */
    public void reset(float bias) {
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
        linear = bias;
    }

    /** Takes over the sums of another kernel of the same length. */
    public void copyFrom(FactorizationKernel other) {
        System.arraycopy(other.sums, 0, sums, 0, dimensions);
        System.arraycopy(other.squares, 0, squares, 0, dimensions);
        linear = other.linear;
    }

    /**
     * Adds one row times its value; O(width).
     *
     * @param rows holds the row as {@code [w, v_0 … v_{width-1}]}
     * @param from index of w
     * @param width how many values it has; the other dimensions are 0
     * @param value the feature's value x
     */
    public void add(float[] rows, int from, int width, float value) {
        linear += rows[from] * value;
        PairSums.add(rows, from + 1, width, value, sums, squares);
    }

    /** Adds the row that a table opened for feature i. */
    void add(EmbeddingTable table, int i, float value) {
        linear += table.add(i, value, sums, squares);
    }

    /** Adds what a table knows of a vector to sums that are empty. */
    void add(EmbeddingTable table, FeatureVector x) {
        linear = table.sum(x, linear, sums, squares);
    }

    /** The log-odds of what was added. */
    public float logit() {
        float twice = 0;
        for (int d = 0; d < dimensions; d++) {
            twice += sums[d] * sums[d] - squares[d];
        }
        return linear + 0.5f * twice;
    }

    /**
     * Writes S_d less another kernel's: the sums of the rows that were added since a copy was
     * taken.
     *
     * @param to takes them from {@code at} on
     */
    public void sumsSince(FactorizationKernel other, float[] to, int at) {
        for (int d = 0; d < dimensions; d++) {
            to[at + d] = sums[d] - other.sums[d];
        }
    }

    /**
     * Moves S_d towards others by a share of the way: what a step goes along of which that share
     * goes along the others. The score has to be asked for before.
     */
    void mix(float[] others, float share) {
        for (int d = 0; d < dimensions; d++) {
            sums[d] += share * (others[d] - sums[d]);
        }
    }

    /** The array of S_d, for the gradient and for memory; not to be written. */
    public float[] sums() {
        return sums;
    }
}
