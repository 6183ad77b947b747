package io.sluice.state.sparse;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.KeyGroups;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows of full width as bytes, by group, in the order of their keys.
 *
 * <p>Bytes of one group: int floats per row, int rows, then per row a long key and the floats. O(n
 * log n) in the number of rows.
 */
final class DenseRows {

    private final int stride;

    DenseRows(int stride) {
        this.stride = stride;
    }

    void write(DenseEmbeddingTable table, int groups, DataOutput[] outs) throws IOException {
        long[] keys = new long[table.size()];
        Arrays.setAll(keys, table::key);
        Arrays.sort(keys);
        int[] counts = new int[groups];
        for (long key : keys) {
            counts[KeyGroups.of(key, groups)]++;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(stride);
            outs[group].writeInt(counts[group]);
        }
        for (long key : keys) {
            DataOutput out = outs[KeyGroups.of(key, groups)];
            out.writeLong(key);
            int from = table.find(key) * stride;
            for (int i = 0; i < stride; i++) {
                out.writeFloat(table.values()[from + i]);
            }
        }
    }

    /**
     * Hands out the rows of one group; the array is used again for each.
     *
     * @param found the floats per row, which have been read already
     */
    void read(int found, DataInput in, Taker taker) throws IOException {
        if (found < 0) {
            throw new CorruptStateException(
                    "model state: found a table of kind %d, expected the model's own; set model.table to that of the state or start without the old state"
                            .formatted(-found));
        }
        int rows = in.readInt();
        if (found != stride || rows < 0) {
            throw new CorruptStateException(
                    "model state: found %d rows of %d floats, expected rows of %d floats"
                            .formatted(rows, found, stride));
        }
        float[] row = new float[stride];
        for (int i = 0; i < rows; i++) {
            long key = in.readLong();
            if (key == 0) {
                throw new CorruptStateException("model state: found a row with the reserved key 0");
            }
            for (int j = 0; j < stride; j++) {
                row[j] = CorruptStateException.finite("a weight", in.readFloat());
            }
            taker.take(key, row);
        }
    }

    /** Receives a row. */
    @FunctionalInterface
    interface Taker {
        void take(long key, float[] row);
    }
}
