package io.sluice.state.sparse.baseline;

import io.sluice.state.sparse.TableKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The hashing trick: as many rows as fit, a hash of the key names one of them, and what shares a
 * row shares it for good (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning",
 * ICML 2009). No keys and no index are kept. Deviation: no second hash for a sign, which is for
 * inner products with a kernel's feature map, and which embedding tables leave out.
 */
final class HashedTable extends BaselineTable {

    private final PackedRows rows;
    private final int capacity;

    HashedTable(TableSettings settings) {
        super(TableKind.HASHING, settings);
        int perRow = PackedRows.rowBytes(settings.store().values(), dimensions);
        capacity = settings.rows(2L * Bytes.ARRAY, perRow);
        rows = new PackedRows(settings.store().values(), dimensions, capacity);
        reset();
    }

    @Override
    void reset() {
        Initial.fill(rows, settings, 0, capacity);
    }

    @Override
    int capacity() {
        return capacity;
    }

    @Override
    public int size() {
        return capacity;
    }

    @Override
    public long bytes() {
        return rows.bytes();
    }

    @Override
    long find(long key) {
        return Places.of(key, capacity);
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        return false;
    }

    @Override
    void unpackServed(long row, float[] out, int to) {
        rows.unpackServed((int) row, out, to);
    }

    @Override
    void unpack(long row, float[] out, int to) {
        rows.unpack((int) row, out, to);
    }

    @Override
    void pack(long row, float[] in, int from, long random) {
        rows.pack((int) row, in, from, random);
    }

    @Override
    void writeArrays(DataOutput out) throws IOException {
        rows.write(out);
    }

    @Override
    void readArrays(DataInput in) throws IOException {
        rows.read(in);
    }
}
