package io.sluice.state.sparse.baseline;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.sparse.EmbeddingTable;
import io.sluice.state.sparse.TableKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What all baselines have in common: the rows of the example under way, unpacked side by side, each
 * once however often it is opened; checkpoints; and that nothing is published.
 *
 * <p>A checkpoint is all arrays as they are, in the first piece; the other pieces are empty. Not
 * thread-safe.
 */
abstract class BaselineTable implements EmbeddingTable {

    private static final int SMALLEST = 16;

    final TableSettings settings;
    final int dimensions;
    private final TableKind kind;
    private final int stride;
    private long examples;

    // -- the example under way
    private int features;
    private int[] slots = new int[SMALLEST]; // of each feature, ABSENT without a row
    private int open;
    private long[] rows = new long[SMALLEST]; // of each slot
    private float[] values;

    BaselineTable(TableKind kind, TableSettings settings) {
        this.kind = kind;
        this.settings = settings;
        dimensions = settings.dimensions();
        stride = dimensions + 3;
        values = new float[SMALLEST * stride];
    }

    /** The row that speaks for a key now, {@link #ABSENT} without one. Changes nothing. */
    abstract long find(long key);

    /** Unpacks w and values. */
    abstract void unpackServed(long row, float[] out, int to);

    /** Unpacks a row as it is stepped; the sums only where it is stepped in place. */
    abstract void unpack(long row, float[] out, int to);

    /** Packs a row that was stepped in place. */
    abstract void pack(long row, float[] in, int from, long random);

    /** After each example; {@code examples} counts it already. */
    void endExample(long number) {}

    /** Writes what the table holds beside the number of examples. */
    abstract void writeArrays(DataOutput out) throws IOException;

    /** Replaces what {@link #writeArrays} wrote, by a table of the same settings. */
    abstract void readArrays(DataInput in) throws IOException;

    /** Rows that there is place for. */
    abstract int capacity();

    @Override
    public final int rowLength() {
        return stride;
    }

    @Override
    public final int read(long key, int field, float[] row) {
        long found = find(key);
        if (found == ABSENT) {
            return ABSENT;
        }
        unpackServed(found, row, 0);
        return dimensions;
    }

    @Override
    public final void begin(int count) {
        features = count;
        open = 0;
        if (slots.length < count) {
            slots = new int[Math.max(count, 2 * slots.length)];
        }
        Arrays.fill(slots, 0, count, ABSENT);
    }

    @Override
    public final boolean open(int i, long key, int field) {
        openRow(i, find(key));
        return slots[i] != ABSENT;
    }

    /** Lets a row speak for feature i. */
    final void openRow(int i, long row) {
        slots[i] = ABSENT;
        if (row == ABSENT) {
            return;
        }
        int slot = slotOf(row);
        if (slot == ABSENT) {
            slot = newSlot(row);
            unpack(row, values, slot * stride);
        }
        slots[i] = slot;
    }

    private int slotOf(long row) {
        for (int slot = 0; slot < open; slot++) {
            if (rows[slot] == row) {
                return slot;
            }
        }
        return ABSENT;
    }

    /** Whether a row is open in this example, and so must not be given away. */
    final boolean isInUse(long row) {
        return slotOf(row) != ABSENT;
    }

    private int newSlot(long row) {
        if (open == rows.length) {
            rows = Arrays.copyOf(rows, 2 * open);
            values = Arrays.copyOf(values, 2 * values.length);
        }
        rows[open] = row;
        return open++;
    }

    /** The row that speaks for feature i in this example, {@link #ABSENT} without one. */
    final long row(int i) {
        return slots[i] == ABSENT ? ABSENT : rows[slots[i]];
    }

    /** Features of this example. */
    final int features() {
        return features;
    }

    /** Rows of this example, each once. */
    final int openRows() {
        return open;
    }

    final long openRow(int slot) {
        return rows[slot];
    }

    @Override
    public boolean isOwn(int i) {
        return slots[i] != ABSENT;
    }

    @Override
    public final boolean isOpen(int i) {
        return slots[i] != ABSENT;
    }

    @Override
    public final int position(int i) {
        return slots[i] * stride;
    }

    @Override
    public final int width(int i) {
        return dimensions;
    }

    @Override
    public final float[] values() {
        return values;
    }

    /** Nothing: rows are as wide as they ever will be. */
    @Override
    public final void press(int i, float gradient, float[] others) {}

    @Override
    public final void commit(float importance) {
        for (int slot = 0; slot < open; slot++) {
            pack(rows[slot], values, slot * stride, random(rows[slot]));
        }
        examples++;
        touched(importance);
        endExample(examples);
    }

    /** Counts the example for the rows that had a part in it. */
    void touched(float importance) {}

    /** A number that depends on seed, example and row alone. */
    final long random(long row) {
        return Hashing.number(settings.seed() + examples, row);
    }

    /** Nothing: nothing moves but what is used less than other things. */
    @Override
    public final void reheat() {}

    /** Refuses: a server would have to know how this table finds its rows. */
    @Override
    public final void drainChanged(Sink sink) {
        throw new IllegalStateException(
                "model.table must be own to publish a model, found "
                        + kind
                        + ": baselines are for replay and compare");
    }

    /** Nothing: see {@link #drainChanged}. */
    @Override
    public final void markAllChanged() {}

    @Override
    public final void clear() {
        examples = 0;
        reset();
    }

    /** Goes back to the table as it was made. */
    abstract void reset();

    /** What a piece begins with: below every number of floats and no {@link #PAGES}. */
    private int mark() {
        return -kind.code();
    }

    @Override
    public final void write(int groups, DataOutput[] outs) throws IOException {
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(mark());
            outs[group].writeInt(dimensions);
            outs[group].writeByte(settings.store().values().code());
            outs[group].writeInt(capacity());
            outs[group].writeBoolean(group == 0);
        }
        outs[0].writeLong(examples);
        writeArrays(outs[0]);
    }

    @Override
    public final void read(DataInput in) throws IOException {
        check("kind of table", in.readInt(), mark());
        check("model.dimensions", in.readInt(), dimensions);
        check("code of model.store.values", in.readByte(), settings.store().values().code());
        check("number of rows", in.readInt(), capacity());
        if (in.readBoolean()) {
            examples = in.readLong();
            readArrays(in);
        }
    }

    private static void check(String what, int found, int expected) throws CorruptStateException {
        if (found != expected) {
            throw new CorruptStateException(
                    "model state: found %s %d, expected %d; a baseline goes on from its own settings only"
                            .formatted(what, found, expected));
        }
    }
}
