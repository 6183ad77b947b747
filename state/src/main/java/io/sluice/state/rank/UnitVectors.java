package io.sluice.state.rank;

import java.util.Arrays;

/**
 * The vectors of a pool's survivors, each made 1 long, column by column: {@code column(d)[i]} is
 * dimension d of survivor i.
 *
 * <p>Loops over the survivors of a column are what the compiler turns into vector instructions; a
 * row of 32 is too short for them. So lengths and products are computed for all survivors at once,
 * four dimensions at a time. One survivor's products are added up in the same order, hence the same
 * bit for bit.
 *
 * <p>Scratch: grows to the largest pool seen and is then reused without allocation. Not
 * thread-safe.
 */
final class UnitVectors {

    /** Shorter vectors are as good as none. */
    private static final float LEAST_SQUARE = 1e-20f;

    private int dimensions;
    private int room; // of each column
    private float[][] columns = {};
    private float[] squares = {}; // 1, or 0 without a vector
    private float[] scales = {};
    private float[] single = {}; // the vector loaded last

    /**
     * Begins a request.
     *
     * @param places how many survivors there must be room for
     * @param of how many dimensions count; 0 for no vectors
     */
    void begin(int places, int of) {
        dimensions = of;
        if (room < places) {
            room = places;
            columns = new float[columns.length][room];
            squares = new float[room];
            scales = new float[room];
        }
        if (columns.length < dimensions) {
            columns = Arrays.copyOf(columns, dimensions);
            for (int d = 0; d < dimensions; d++) {
                columns[d] = columns[d] == null ? new float[room] : columns[d];
            }
            single = new float[dimensions];
        }
    }

    /** One candidate's vector at length 1, to be read until the next one; 0 without a vector. */
    float[] single(Candidates candidates, int candidate) {
        float[] vectors = candidates.vectors();
        int from = candidates.vectorAt(candidate);
        float square = 0;
        for (int d = 0; d < dimensions; d++) {
            square += vectors[from + d] * vectors[from + d];
        }
        float scale = square > LEAST_SQUARE ? 1 / (float) Math.sqrt(square) : 0;
        for (int d = 0; d < dimensions; d++) {
            single[d] = scale * vectors[from + d];
        }
        return single;
    }

    /** Takes the vectors of the first {@code size} survivors, whose candidates are given. */
    void load(Candidates candidates, int[] members, int size) {
        transpose(candidates.vectors(), candidates.dimensions(), members, size);
        Arrays.fill(squares, 0, size, 0);
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            addSquares(columns[d], columns[d + 1], columns[d + 2], columns[d + 3], size);
        }
        for (; d < dimensions; d++) {
            float[] c = columns[d];
            for (int i = 0; i < size; i++) {
                squares[i] += c[i] * c[i];
            }
        }
        for (int i = 0; i < size; i++) {
            scales[i] = 1 / (float) Math.sqrt(squares[i]);
        }
        for (int i = 0; i < size; i++) {
            if (squares[i] > LEAST_SQUARE) {
                squares[i] = 1;
            } else {
                squares[i] = 0;
                scales[i] = 0;
            }
        }
        float[] s = scales;
        for (int k = 0; k < dimensions; k++) {
            float[] c = columns[k];
            for (int i = 0; i < size; i++) {
                c[i] *= s[i];
            }
        }
    }

    /** Eight rows at a time: each cache line of a column is written at once. */
    private void transpose(float[] rows, int width, int[] members, int size) {
        int i = 0;
        for (; i + 8 <= size; i += 8) {
            int a0 = members[i] * width;
            int a1 = members[i + 1] * width;
            int a2 = members[i + 2] * width;
            int a3 = members[i + 3] * width;
            int a4 = members[i + 4] * width;
            int a5 = members[i + 5] * width;
            int a6 = members[i + 6] * width;
            int a7 = members[i + 7] * width;
            for (int d = 0; d < dimensions; d++) {
                float[] c = columns[d];
                c[i] = rows[a0 + d];
                c[i + 1] = rows[a1 + d];
                c[i + 2] = rows[a2 + d];
                c[i + 3] = rows[a3 + d];
                c[i + 4] = rows[a4 + d];
                c[i + 5] = rows[a5 + d];
                c[i + 6] = rows[a6 + d];
                c[i + 7] = rows[a7 + d];
            }
        }
        for (; i < size; i++) {
            int at = members[i] * width;
            for (int d = 0; d < dimensions; d++) {
                columns[d][i] = rows[at + d];
            }
        }
    }

    private void addSquares(float[] c0, float[] c1, float[] c2, float[] c3, int size) {
        float[] out = squares;
        for (int i = 0; i < size; i++) {
            out[i] += (c0[i] * c0[i] + c1[i] * c1[i]) + (c2[i] * c2[i] + c3[i] * c3[i]);
        }
    }

    /** Adds ⟨g ∘ x, x⟩ of the first survivors to {@code out}. */
    void addPulls(float[] g, float[] out, int size) {
        for (int d = 0; d < dimensions; d++) {
            float gain = g[d];
            float[] c = columns[d];
            for (int i = 0; i < size; i++) {
                out[i] += gain * (c[i] * c[i]);
            }
        }
    }

    /**
     * Adds ⟨y, x⟩ of the first survivors to {@code toY} and ⟨z, x⟩ to {@code toZ}, four dimensions
     * at a time, so that a column is read for z while it is still near.
     *
     * @param y null: not asked for
     * @param z null: not asked for
     */
    void addProducts(float[] y, float[] toY, float[] z, float[] toZ, int size) {
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            if (y != null) {
                addFour(y, d, toY, size);
            }
            if (z != null) {
                addFour(z, d, toZ, size);
            }
        }
        for (; d < dimensions; d++) {
            if (y != null) {
                addOne(y[d], columns[d], toY, size);
            }
            if (z != null) {
                addOne(z[d], columns[d], toZ, size);
            }
        }
    }

    private static void addOne(float factor, float[] c, float[] out, int size) {
        for (int i = 0; i < size; i++) {
            out[i] += factor * c[i];
        }
    }

    private void addFour(float[] y, int d, float[] out, int size) {
        float y0 = y[d];
        float y1 = y[d + 1];
        float y2 = y[d + 2];
        float y3 = y[d + 3];
        float[] c0 = columns[d];
        float[] c1 = columns[d + 1];
        float[] c2 = columns[d + 2];
        float[] c3 = columns[d + 3];
        for (int i = 0; i < size; i++) {
            out[i] += (y0 * c0[i] + y1 * c1[i]) + (y2 * c2[i] + y3 * c3[i]);
        }
    }

    /** ⟨y, x⟩ of one survivor, bit for bit as {@link #addProducts} has it. */
    float product(float[] y, int i) {
        float sum = 0;
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            sum +=
                    (y[d] * columns[d][i] + y[d + 1] * columns[d + 1][i])
                            + (y[d + 2] * columns[d + 2][i] + y[d + 3] * columns[d + 3][i]);
        }
        for (; d < dimensions; d++) {
            sum += y[d] * columns[d][i];
        }
        return sum;
    }

    /** Moves one vector. */
    void move(int from, int to) {
        squares[to] = squares[from];
        for (int d = 0; d < dimensions; d++) {
            columns[d][to] = columns[d][from];
        }
    }

    /** Moves the first {@code count} vectors of {@code from} to those of {@code to}. */
    void move(int[] from, int[] to, int count) {
        for (int k = 0; k < count; k++) {
            squares[to[k]] = squares[from[k]];
        }
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            int f0 = from[k];
            int f1 = from[k + 1];
            int f2 = from[k + 2];
            int f3 = from[k + 3];
            int t0 = to[k];
            int t1 = to[k + 1];
            int t2 = to[k + 2];
            int t3 = to[k + 3];
            for (int d = 0; d < dimensions; d++) {
                float[] c = columns[d];
                c[t0] = c[f0];
                c[t1] = c[f1];
                c[t2] = c[f2];
                c[t3] = c[f3];
            }
        }
        for (; k < count; k++) {
            move(from[k], to[k]);
        }
    }

    /** How many dimensions count. */
    int dimensions() {
        return dimensions;
    }

    /** Squared lengths, 1 or 0. */
    float[] squares() {
        return squares;
    }

    /** One dimension of all vectors. */
    float[] column(int d) {
        return columns[d];
    }
}
