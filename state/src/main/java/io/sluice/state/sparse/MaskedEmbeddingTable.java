package io.sluice.state.sparse;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.kernel.KeyGroups;
import io.sluice.state.mask.MaskExchange;
import io.sluice.state.mask.MaskSchedule;
import io.sluice.state.mask.SparsityConfig;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Every key has a row of full width, of whose embedding values some are active and the others 0.
 *
 * <p>All embeddings are one tensor, as the joint table of DSL's LightGCN. A new row's mask has each
 * bit with the probability {@code density}, by a hash of seed, key and place; exchanges move bits
 * between rows and keep their number. Linear weights are always active. Masks save scores nothing
 * and no bytes: rows stay dense, and so do the gradients that are collected before an exchange. All
 * of them are counted. That is how the methods were published; what saves bytes is the budgeted
 * store.
 *
 * <p>How the optimiser meets masks: {@link #filter} takes the gradients of inactive values out, so
 * that a row's sum of squared gradients is the mean over its active values, and a row that lost the
 * last of them starts anew; under DSL it leaves them in, and the mask is applied behind the step.
 *
 * <p>An exchange costs O(u log u) for u values and holds up the example behind which it comes. Not
 * thread-safe.
 */
public final class MaskedEmbeddingTable implements EmbeddingTable {

    private final DenseEmbeddingTable rows;
    private final int dimensions;
    private final SparsityConfig config;
    private final long seed;
    private final float freshSum;
    private final MaskSchedule schedule;
    private final RowMasks masks;

    private float[] gradients = new float[0]; // dimensions for each slot, if the method reads them

    // -- the example under way
    private int features;

    /**
     * An empty table.
     *
     * @param dimensions length of the embeddings
     * @param config what is active
     * @param seed of the masks
     * @param freshSum what the sum of squared gradients of a row without history is
     * @param initializer fills a new row, as if all of it were active
     */
    public MaskedEmbeddingTable(
            int dimensions,
            SparsityConfig config,
            long seed,
            float freshSum,
            RowInitializer initializer) {
        this.dimensions = dimensions;
        this.config = config;
        this.seed = seed;
        this.freshSum = freshSum;
        masks = new RowMasks(dimensions);
        rows = new DenseEmbeddingTable(dimensions, initializer);
        schedule = new MaskSchedule(config);
    }

    @Override
    public int rowLength() {
        return rows.rowLength();
    }

    @Override
    public int size() {
        return rows.size();
    }

    /** Embedding values that are active, in all rows together. */
    public long activeValues() {
        long count = 0;
        for (int slot = 0; slot < rows.size(); slot++) {
            count += masks.count(slot);
        }
        return count;
    }

    @Override
    public long bytes() {
        return rows.bytes() + masks.bytes() + Float.BYTES * (long) gradients.length;
    }

    @Override
    public int read(long key, int field, float[] row) {
        return rows.read(key, field, row);
    }

    @Override
    public void begin(int count) {
        features = count;
        rows.begin(count);
    }

    @Override
    public boolean open(int i, long key, int field) {
        return rows.open(i, key, field);
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        int before = rows.size();
        boolean anew = rows.claim(i, key, field, importance);
        if (rows.size() > before) {
            makeRoom();
            drawMask(key, rows.slot(i));
            applyMask(rows.slot(i));
        }
        return anew;
    }

    private void makeRoom() {
        int slots = rows.size();
        if (masks.makeRoom(slots) && config.method().readsGradients()) {
            gradients = Arrays.copyOf(gradients, masks.capacity() * dimensions);
        }
    }

    private void drawMask(long key, int slot) {
        long base = Hashing.number(~seed, key);
        for (int d = 0; d < dimensions; d++) {
            masks.set(slot, d, Hashing.unit(Hashing.number(base, d)) < config.density());
        }
    }

    /** Sets what is not active to 0; says whether that changed anything. */
    private boolean applyMask(int slot) {
        float[] values = rows.values();
        int from = rows.place(slot) + 1;
        boolean changed = false;
        for (int d = 0; d < dimensions; d++) {
            if (!masks.isActive(slot, d) && values[from + d] != 0) {
                values[from + d] = 0;
                changed = true;
            }
        }
        return changed;
    }

    @Override
    public boolean isOwn(int i) {
        return rows.isOwn(i);
    }

    @Override
    public boolean isOpen(int i) {
        return rows.isOpen(i);
    }

    @Override
    public int position(int i) {
        return rows.position(i);
    }

    @Override
    public int width(int i) {
        return rows.width(i);
    }

    @Override
    public float[] values() {
        return rows.values();
    }

    /** Nothing: every row is as wide as can be. */
    @Override
    public void press(int i, float gradient, float[] others) {}

    /**
     * Takes note of the gradient of feature i's embedding, and leaves of it what the optimiser may
     * see.
     *
     * @param gradient one number for each dimension; may be changed
     * @return how many of them count
     */
    public int filter(int i, float[] gradient) {
        int slot = rows.slot(i);
        if (schedule.collects()) {
            for (int d = 0; d < dimensions; d++) {
                gradients[slot * dimensions + d] += gradient[d];
            }
        }
        if (config.method().stepsDensely()) {
            return dimensions;
        }
        for (int d = 0; d < dimensions; d++) {
            if (!masks.isActive(slot, d)) {
                gradient[d] = 0;
            }
        }
        return masks.count(slot);
    }

    @Override
    public void commit(float importance) {
        if (config.method().stepsDensely()) {
            for (int i = 0; i < features; i++) {
                applyMask(rows.slot(i));
            }
        }
        rows.commit(importance);
        if (schedule.advance()) {
            exchange();
        }
    }

    private void exchange() {
        MaskExchange.run(new Values(), config.method(), schedule.share());
        for (int slot = 0; slot < rows.size(); slot++) {
            if (applyMask(slot)) {
                rows.markChanged(slot);
                if (!config.method().stepsDensely() && masks.count(slot) == 0) {
                    rows.values()[rows.place(slot) + dimensions + 2] = freshSum;
                }
            }
        }
        Arrays.fill(gradients, 0);
    }

    /** Values as units, in the order of their keys, which does not depend on history. */
    private final class Values implements MaskExchange.Units {

        private final int[] slots = new int[rows.size()];
        private final long round = Hashing.number(seed, schedule.events());

        Values() {
            long[] keys = sortedKeys();
            Arrays.setAll(slots, at -> rows.find(keys[at]));
        }

        private int slot(int unit) {
            return slots[unit / dimensions];
        }

        @Override
        public int size() {
            return slots.length * dimensions;
        }

        @Override
        public boolean isActive(int unit) {
            return masks.isActive(slot(unit), unit % dimensions);
        }

        @Override
        public float importance(int unit) {
            float value = rows.values()[rows.place(slot(unit)) + 1 + unit % dimensions];
            return config.method().importance(value, gradient(unit));
        }

        @Override
        public float promise(int unit) {
            return config.method().promise(gradient(unit));
        }

        private float gradient(int unit) {
            return gradients.length == 0
                    ? 0
                    : gradients[slot(unit) * dimensions + unit % dimensions];
        }

        @Override
        public int ticket(int unit) {
            long key = rows.key(slot(unit));
            return (int) Hashing.number(round ^ key, unit % dimensions);
        }

        @Override
        public void set(int unit, boolean active) {
            masks.set(slot(unit), unit % dimensions, active);
        }
    }

    private long[] sortedKeys() {
        long[] keys = new long[rows.size()];
        Arrays.setAll(keys, rows::key);
        Arrays.sort(keys);
        return keys;
    }

    @Override
    public void reheat() {
        schedule.reheat();
    }

    @Override
    public void drainChanged(Sink sink) {
        rows.drainChanged(sink);
    }

    @Override
    public void clear() {
        rows.clear();
        schedule.clear();
        Arrays.fill(gradients, 0);
    }

    @Override
    public void markAllChanged() {
        rows.markAllChanged();
    }

    /**
     * Rows as without masks; behind them the schedule, whether gradients follow, int rows, and for
     * each its key, mask and gradients.
     */
    @Override
    public void write(int groups, DataOutput[] outs) throws IOException {
        rows.write(groups, outs);
        long[] keys = sortedKeys();
        int[] counts = new int[groups];
        for (long key : keys) {
            counts[KeyGroups.of(key, groups)]++;
        }
        boolean collected = schedule.hasCollected();
        for (int group = 0; group < groups; group++) {
            schedule.write(outs[group]);
            outs[group].writeBoolean(collected);
            outs[group].writeInt(counts[group]);
        }
        for (long key : keys) {
            DataOutput out = outs[KeyGroups.of(key, groups)];
            int slot = rows.find(key);
            out.writeLong(key);
            masks.write(slot, out);
            for (int d = 0; collected && d < dimensions; d++) {
                out.writeFloat(gradients[slot * dimensions + d]);
            }
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        rows.read(in);
        makeRoom();
        schedule.read(in);
        boolean collected = in.readBoolean();
        if (collected != schedule.hasCollected()) {
            throw new CorruptStateException(
                    "model state: found masks %s gradients after %d examples; restore model.sparsity as it was or start without the old state"
                            .formatted(collected ? "with" : "without", schedule.events()));
        }
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            readMask(collected, in);
        }
    }

    private void readMask(boolean collected, DataInput in) throws IOException {
        long key = in.readLong();
        int slot = rows.find(key);
        if (slot == ABSENT) {
            throw new CorruptStateException(
                    "model state: found a mask under key %x, expected one of a row".formatted(key));
        }
        boolean fits = masks.read(slot, in);
        for (int d = 0; collected && d < dimensions; d++) {
            gradients[slot * dimensions + d] =
                    CorruptStateException.finite("a gradient", in.readFloat());
        }
        if (!fits || applyMask(slot)) {
            throw new CorruptStateException(
                    "model state: found a weight of row %x outside of its mask".formatted(key));
        }
    }
}
