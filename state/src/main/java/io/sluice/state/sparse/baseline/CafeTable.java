package io.sluice.state.sparse.baseline;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.sparse.TableKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Important ids have rows of their own, all others share (Zhang et al., "CAFE: Towards Compact,
 * Adaptive, and Fast Embedding for Large-scale Recommendation Models", SIGMOD 2024).
 *
 * <p>A sketch of hot ids ({@link HotSketch}) sums up what each id has to learn. One whose sum
 * passes a threshold gets a row, which starts from the values of the shared row that has spoken for
 * it and with fresh sums; one whose faded sum falls below it loses its row and shares again. The
 * threshold follows: up a tenth where all rows are taken, down a tenth where more than a twentieth
 * is free.
 *
 * <p>Deviations: the sums are of the expected gradient of the log-odds, not of the norm of the
 * embedding's gradient, which depends on the label (state/DESIGN.md D33); the sketch has two slots
 * for each row of one's own, where the paper has four, because small rows are not much larger than
 * slots.
 */
final class CafeTable extends BaselineTable {

    private static final int STEPS = 8;
    private static final double FADE = Math.pow(0.5, 1.0 / STEPS);
    private static final int SLOTS_PER_ROW = 2;

    /** Where the threshold stops falling, so that it can rise again. */
    private static final float LOWEST = 0.01f;

    private final int hot;
    private final int shared;
    private final PackedRows rows; // hot ones first
    private final HotSketch sketch;
    private final int[] links; // of a row in use its slot, of a free one ~the next free one
    private final long step;
    private int firstFree;
    private int freeRows;
    private float threshold;

    // -- scratch
    private final float[] start;
    private final float[] shares;

    CafeTable(TableSettings settings) {
        super(TableKind.CAFE, settings);
        int rowBytes = PackedRows.rowBytes(settings.store().values(), dimensions);
        double hotBytes = rowBytes + Integer.BYTES + SLOTS_PER_ROW * (double) HotSketch.SLOT_BYTES;
        long fixed = 6L * Bytes.ARRAY + HotSketch.BUCKET * (long) HotSketch.SLOT_BYTES;
        double share = settings.baseline().hotShare();
        int all = settings.rows(fixed, 1);
        hot = Math.max(1, (int) (all * share / hotBytes));
        shared = (int) ((all - hot * hotBytes) / rowBytes);
        rows = new PackedRows(settings.store().values(), dimensions, hot + shared);
        sketch = new HotSketch(SLOTS_PER_ROW * hot);
        links = new int[hot];
        step = Math.max(1, settings.halfLife(hot) / STEPS);
        start = new float[rowLength()];
        shares = new float[rowLength()];
        reset();
    }

    @Override
    void reset() {
        Initial.fill(rows, settings, 0, hot + shared);
        sketch.clear();
        for (int row = 0; row < hot; row++) {
            links[row] = ~(row + 1);
        }
        firstFree = 0;
        freeRows = hot;
        threshold = 1;
    }

    @Override
    int capacity() {
        return hot + shared;
    }

    @Override
    public int size() {
        return hot - freeRows + shared;
    }

    @Override
    public long bytes() {
        return rows.bytes() + sketch.bytes() + Bytes.of(links);
    }

    @Override
    long find(long key) {
        int slot = sketch.find(key);
        int row = slot < 0 ? HotSketch.NONE : sketch.row(slot);
        return row == HotSketch.NONE ? hot + Places.of(key, shared) : row;
    }

    /** Only rows of one's own; the others are asked whether they have earned one. */
    @Override
    public boolean isOwn(int i) {
        return row(i) < hot;
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        if (isOwn(i)) {
            return false;
        }
        int slot = sketch.find(key);
        boolean promoted = slot >= 0 && sketch.row(slot) != HotSketch.NONE;
        if (!promoted) {
            slot = sketch.add(key, importance);
            promoted = slot >= 0 && promote(slot, key);
        }
        if (!promoted) {
            return false;
        }
        openRow(i, sketch.row(slot));
        return true;
    }

    private boolean promote(int slot, long key) {
        if (freeRows == 0 || sketch.score(slot) < threshold) {
            return false;
        }
        int row = firstFree;
        firstFree = ~links[row];
        freeRows--;
        links[row] = slot;
        rows.unpack(hot + Places.of(key, shared), shares, 0);
        settings.initializer().initialize(key, start, 0, dimensions);
        System.arraycopy(shares, 0, start, 0, 1 + dimensions);
        rows.pack(row, start, 0, random(key));
        sketch.setRow(slot, row);
        return true;
    }

    @Override
    void touched(float importance) {
        for (int slot = 0; slot < openRows(); slot++) {
            if (openRow(slot) < hot) {
                sketch.raise(links[(int) openRow(slot)], importance);
            }
        }
    }

    @Override
    void endExample(long number) {
        if (number % step != 0) {
            return;
        }
        if (freeRows == 0) {
            threshold *= 1.1f;
        } else if (freeRows > hot / 20) {
            threshold = Math.max(LOWEST, threshold / 1.1f);
        }
        sketch.fade((float) FADE);
        for (int slot = 0; slot < sketch.slots(); slot++) {
            if (sketch.row(slot) != HotSketch.NONE && sketch.score(slot) < threshold) {
                int row = sketch.row(slot);
                sketch.setRow(slot, HotSketch.NONE);
                links[row] = ~firstFree;
                firstFree = row;
                freeRows++;
            }
        }
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
        sketch.write(out);
        out.writeFloat(threshold);
        out.writeInt(firstFree);
        for (int link : links) {
            out.writeInt(link);
        }
    }

    @Override
    void readArrays(DataInput in) throws IOException {
        rows.read(in);
        sketch.read(in, hot);
        threshold = CorruptStateException.finite("the threshold", in.readFloat());
        firstFree = in.readInt();
        for (int row = 0; row < hot; row++) {
            links[row] = in.readInt();
        }
        freeRows = hot - sketch.rows();
        checkFree();
    }

    private void checkFree() throws CorruptStateException {
        int found = 0;
        int row = firstFree;
        while (row >= 0 && row < hot && links[row] < 0 && found <= freeRows) {
            found++;
            row = ~links[row];
        }
        if (found != freeRows || row != hot) {
            throw new CorruptStateException(
                    "model state: found a chain of %d free rows, expected %d"
                            .formatted(found, freeRows));
        }
    }
}
