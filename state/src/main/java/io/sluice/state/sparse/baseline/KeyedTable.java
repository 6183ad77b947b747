package io.sluice.state.sparse.baseline;

import io.sluice.state.sparse.TableKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A full row for every id that has one, found by its key; the least used goes ({@link KeyedSlots}).
 *
 * <p>{@link TableKind#LFU}: every id gets a row when it is first learnt. {@link
 * TableKind#FREQUENCY}: when it has been seen {@code model.baseline.admitAfter} times, by a sketch
 * (the frequency filter of production systems: Liu et al., "Monolith", ORSUM 2022, section 2.2).
 * What has no row adds nothing to a score. A new row has its initial values and fresh sums.
 */
final class KeyedTable extends BaselineTable {

    private final Admission admission;
    private final KeyedSlots slots;
    private final PackedRows rows;
    private final float[] fresh;

    KeyedTable(TableKind kind, TableSettings settings) {
        super(kind, settings);
        int after = kind == TableKind.FREQUENCY ? settings.baseline().admitAfter() : 1;
        int rowBytes = PackedRows.rowBytes(settings.store().values(), dimensions);
        admission = Admission.fit(settings, after, 2, rowBytes);
        slots = admission.slots();
        rows = new PackedRows(settings.store().values(), dimensions, slots.capacity());
        fresh = new float[rowLength()];
    }

    @Override
    int capacity() {
        return slots.capacity();
    }

    @Override
    public int size() {
        return slots.size();
    }

    @Override
    public long bytes() {
        return admission.bytes() + rows.bytes();
    }

    @Override
    long find(long key) {
        return slots.find(key);
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        if (isOpen(i)) {
            return false;
        }
        int slot = slots.find(key);
        if (slot < 0) {
            slot = admission.claim(key, random(key), this::isInUse, victim -> false);
            if (slot < 0) {
                return false;
            }
            settings.initializer().initialize(key, fresh, 0, dimensions);
            rows.pack(slot, fresh, 0, random(key));
        }
        openRow(i, slot);
        return true;
    }

    @Override
    void touched(float importance) {
        for (int slot = 0; slot < openRows(); slot++) {
            slots.touch((int) openRow(slot));
        }
    }

    @Override
    void endExample(long number) {
        admission.endExample(number);
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
    void reset() {
        admission.clear();
    }

    @Override
    void writeArrays(DataOutput out) throws IOException {
        admission.write(out);
        rows.write(out);
    }

    @Override
    void readArrays(DataInput in) throws IOException {
        admission.read(in);
        rows.read(in);
    }
}
