package io.sluice.state.rank;

import java.util.Arrays;

/**
 * The vectors of a pool's survivors, each made 1 long.
 *
 * <p>They stand one behind the other as rows, and column by column by dimension once that is worth
 * it. A vector is first loaded, then may be put in the place of a survivor.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
final class UnitVectors {

    private static final int BLOCK = 16;

    private int dimensions;
    private int room; // of each column
    private float[] rows = {};
    private float[][] columns = {};
    private boolean transposed;
    private float[] unit = {}; // the vector loaded last

    /**
     * Begins a request.
     *
     * @param places how many survivors there must be room for
     * @param of how many dimensions count; 0 for no vectors
     */
    void begin(int places, int of) {
        dimensions = of;
        transposed = false;
        if (room < places) {
            room = places;
            columns = new float[columns.length][room];
        }
        if (columns.length < dimensions) {
            columns = Arrays.copyOf(columns, dimensions);
            for (int d = 0; d < dimensions; d++) {
                columns[d] = columns[d] == null ? new float[room] : columns[d];
            }
            unit = new float[dimensions];
        }
        if (rows.length < room * dimensions) {
            rows = new float[room * dimensions];
        }
    }

    /** Loads a candidate's vector at length 1; returns its squared length, 1 or 0. */
    float load(Candidates candidates, int candidate) {
        if (dimensions == 0) {
            return 0;
        }
        float[] vectors = candidates.vectors();
        int from = candidates.vectorAt(candidate);
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 4 <= dimensions; k += 4) {
            s0 += vectors[from + k] * vectors[from + k];
            s1 += vectors[from + k + 1] * vectors[from + k + 1];
            s2 += vectors[from + k + 2] * vectors[from + k + 2];
            s3 += vectors[from + k + 3] * vectors[from + k + 3];
        }
        for (; k < dimensions; k++) {
            s0 += vectors[from + k] * vectors[from + k];
        }
        float square = (s0 + s1) + (s2 + s3);
        float scale = square > 1e-20f ? 1 / (float) Math.sqrt(square) : 0;
        for (int d = 0; d < dimensions; d++) {
            unit[d] = scale * vectors[from + d];
        }
        return scale > 0 ? 1 : 0;
    }

    /** ⟨g ∘ x, x⟩ of the vector loaded, by four sums at a time: one alone would wait for itself. */
    float pull(float[] g) {
        float[] x = unit;
        float p0 = 0;
        float p1 = 0;
        float p2 = 0;
        float p3 = 0;
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            p0 += g[d] * x[d] * x[d];
            p1 += g[d + 1] * x[d + 1] * x[d + 1];
            p2 += g[d + 2] * x[d + 2] * x[d + 2];
            p3 += g[d + 3] * x[d + 3] * x[d + 3];
        }
        for (; d < dimensions; d++) {
            p0 += g[d] * x[d] * x[d];
        }
        return (p0 + p1) + (p2 + p3);
    }

    /** Puts the vector loaded in the place of survivor i. */
    void put(int i) {
        System.arraycopy(unit, 0, rows, at(i), dimensions);
    }

    /** Turns the first rows into columns, sixteen at a time, which stay in the nearest cache. */
    void transpose(int size) {
        if (transposed) {
            return;
        }
        for (int from = 0; from < size; from += BLOCK) {
            int to = Math.min(size, from + BLOCK);
            for (int d = 0; d < dimensions; d++) {
                float[] column = columns[d];
                int at = from * dimensions + d;
                for (int i = from; i < to; i++) {
                    column[i] = rows[at];
                    at += dimensions;
                }
            }
        }
        transposed = true;
    }

    /** Moves one vector, and what the columns have of it. */
    void move(int from, int to) {
        moveRow(from, to);
        for (int d = 0; transposed && d < dimensions; d++) {
            columns[d][to] = columns[d][from];
        }
    }

    /** Moves one vector among the rows; to be followed by {@link #dropColumns}. */
    void moveRow(int from, int to) {
        System.arraycopy(rows, at(from), rows, at(to), dimensions);
    }

    /** Says that the columns no longer hold. */
    void dropColumns() {
        transposed = false;
    }

    /** How many dimensions count. */
    int dimensions() {
        return dimensions;
    }

    /** The vector loaded last. */
    float[] loaded() {
        return unit;
    }

    /** All vectors, one behind the other. */
    float[] rows() {
        return rows;
    }

    /** Where the vector of survivor i begins in {@link #rows}. */
    int at(int i) {
        return i * dimensions;
    }

    /** One dimension of all vectors, as of {@link #transpose}. */
    float[] column(int d) {
        return columns[d];
    }
}
