package io.sluice.state.model;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.sparse.EmbeddingTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Writes and reads the rows of a table by group, in the order of their keys.
 *
 * <p>Bytes of one group: int floats per row, int rows, then per row a long key and the floats. O(n
 * log n) in the number of rows.
 */
final class RowSnapshot {

    private final EmbeddingTable table;

    RowSnapshot(EmbeddingTable table) {
        this.table = table;
    }

    void write(int groups, DataOutput[] outs) throws IOException {
        long[] keys = sortedKeys();
        int[] counts = new int[groups];
        for (long key : keys) {
            counts[KeyGroups.of(key, groups)]++;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(table.stride());
            outs[group].writeInt(counts[group]);
        }
        for (long key : keys) {
            writeRow(key, outs[KeyGroups.of(key, groups)]);
        }
    }

    private long[] sortedKeys() {
        long[] keys = new long[table.size()];
        for (int slot = 0; slot < keys.length; slot++) {
            keys[slot] = table.key(slot);
        }
        Arrays.sort(keys);
        return keys;
    }

    private void writeRow(long key, DataOutput out) throws IOException {
        out.writeLong(key);
        int from = table.find(key) * table.stride();
        float[] arena = table.arena();
        for (int i = 0; i < table.stride(); i++) {
            out.writeFloat(arena[from + i]);
        }
    }

    void read(DataInput in) throws IOException {
        int stride = in.readInt();
        int rows = in.readInt();
        if (stride != table.stride() || rows < 0) {
            throw new CorruptStateException(
                    "model state: found %d rows of %d floats, expected rows of %d floats"
                            .formatted(rows, stride, table.stride()));
        }
        for (int i = 0; i < rows; i++) {
            readRow(in);
        }
    }

    private void readRow(DataInput in) throws IOException {
        long key = in.readLong();
        if (key == 0) {
            throw new CorruptStateException("model state: found a row with the reserved key 0");
        }
        int from = table.findOrCreate(key) * table.stride();
        float[] arena = table.arena();
        for (int i = 0; i < table.stride(); i++) {
            arena[from + i] = CorruptStateException.finite("a weight", in.readFloat());
        }
    }
}
