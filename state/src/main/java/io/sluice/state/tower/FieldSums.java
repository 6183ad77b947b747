package io.sluice.state.tower;

import java.util.Arrays;

/**
 * What the tower sees of an example: for each field of the schema the sum of its embeddings, each
 * times its value, side by side. Several values of one feature come scaled by 1/√n, so their sum
 * keeps its size; a field without rows is 0, and so is what has no field.
 *
 * <p>Mutable scratch; not thread-safe.
 */
public final class FieldSums {

    private final int fields;
    private final int dimensions;
    private final float[] sums;

    /**
     * Empty sums.
     *
     * @param fields of the schema
     * @param dimensions length of the embeddings
     */
    public FieldSums(int fields, int dimensions) {
        this.fields = fields;
        this.dimensions = dimensions;
        sums = new float[fields * dimensions];
    }

    /** Makes all sums 0. */
    public void reset() {
        Arrays.fill(sums, 0);
    }

    /** Takes over the sums of another of the same shape. */
    public void copyFrom(FieldSums other) {
        System.arraycopy(other.sums, 0, sums, 0, sums.length);
    }

    /**
     * Adds one embedding times its value.
     *
     * @param field of the feature, from 1; 0 has no place
     * @param rows holds the row as {@code [w, v_0 … v_{width-1}]}
     * @param from index of w
     * @param width how many values it has
     * @param value the feature's value
     */
    public void add(int field, float[] rows, int from, int width, float value) {
        if (!has(field)) {
            return;
        }
        int to = place(field);
        for (int d = 0; d < width; d++) {
            sums[to + d] += rows[from + 1 + d] * value;
        }
    }

    /** Whether a field has a place. */
    public boolean has(int field) {
        return field > 0 && field <= fields;
    }

    /** Where the sum of a field begins. */
    public int place(int field) {
        return (field - 1) * dimensions;
    }

    /** The sums of all fields; not to be written. */
    float[] values() {
        return sums;
    }
}
