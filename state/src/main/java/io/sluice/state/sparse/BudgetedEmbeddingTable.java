package io.sluice.state.sparse;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows under a budget of bytes that holds at every example.
 *
 * <p>While everything fits it is a table of full rows. When it does not, ids share fallback rows
 * until they have earned one of their own, rows hold as many blocks of values as these are worth,
 * and what is worth least goes; see {@link Shard} and {@link ShardSweep}. A row that is given to an
 * id starts from its fallback row, with new sums: no cold start at admission (CAFE, SIGMOD 2024).
 * While nothing is turned away there are no fallback rows, so with float32 values it computes the
 * very numbers of {@link DenseEmbeddingTable}.
 *
 * <p>Deterministic: sweeps come by the number of examples, roundings by a hash of seed, key and
 * example. Cost of a feature: two cache misses, one for the index, one for the row; those of all
 * features of a vector are waited for together.
 */
public final class BudgetedEmbeddingTable implements EmbeddingTable {

    private final StoreLayout layout;
    private final RowFormat format;
    private final RowDirectory directory;
    private final Shard[] shards;
    private final ShardSweep sweep;
    private final Removals removals;
    private final SweepClock clock;
    private final TablePieces pieces;

    private final FoundRows found;

    // -- the example under way
    private int features;
    private int[] slots = new int[16]; // of each feature, ABSENT without a row
    private boolean[] own = new boolean[16];
    private long[] keys = new long[16];
    private final OpenRows rows;
    private boolean turnedAway;

    /**
     * An empty table.
     *
     * @param budget most bytes
     * @param config how to use them
     * @param dimensions length k of a full embedding
     * @param seed of roundings
     * @param initializer fills a new row, unpacked
     */
    public BudgetedEmbeddingTable(
            MemoryBudget budget,
            StoreConfig config,
            int dimensions,
            long seed,
            RowInitializer initializer) {
        layout = new StoreLayout(budget, config, dimensions, seed, initializer);
        format = layout.format;
        directory = new RowDirectory(layout);
        shards = new Shard[layout.shards];
        Arrays.setAll(shards, number -> new Shard(layout, directory, number));
        sweep = new ShardSweep(layout);
        removals = new Removals(budget);
        clock = new SweepClock(layout);
        pieces = new TablePieces(budget, layout, shards, removals, clock);
        rows = new OpenRows(format, directory);
        found = new FoundRows(format, directory);
    }

    @Override
    public int rowLength() {
        return format.unpackedLength();
    }

    @Override
    public int size() {
        int size = 0;
        for (Shard shard : shards) {
            size += shard.index.size();
        }
        return size;
    }

    @Override
    public long bytes() {
        long bytes = removals.bytes();
        for (Shard shard : shards) {
            bytes += shard.ledger.used();
        }
        return bytes;
    }

    /** Counts the bytes again, array by array; always {@link #bytes}. */
    long recount() {
        long bytes = removals.bytes();
        for (Shard shard : shards) {
            bytes += shard.recount();
        }
        return bytes;
    }

    @Override
    public int read(long key, int field, float[] row) {
        long place = find(key, field);
        return place == RowDirectory.ABSENT
                ? ABSENT
                : format.unpackServed(directory.page(place), RowDirectory.at(place), row, 0);
    }

    @Override
    public float sum(FeatureVector x, float linear, float[] sums, float[] squares) {
        int n = x.size();
        found.begin(n);
        for (int i = 0; i < n; i++) {
            long key = x.key(i);
            long hash = KeyIndex.hash(key);
            long place = directory.find(key, hash);
            if (place == RowDirectory.ABSENT) {
                place = fallback(shardOf(hash), x.field(i));
            }
            if (place != RowDirectory.ABSENT) {
                found.add(place, x.value(i));
            }
        }
        found.pairs(sums, squares);
        return found.linear(linear);
    }

    /** The place of the row that speaks for a key. */
    private long find(long key, int field) {
        long hash = KeyIndex.hash(key);
        long place = directory.find(key, hash);
        return place == RowDirectory.ABSENT ? fallback(shardOf(hash), field) : place;
    }

    private Shard shardOf(long hash) {
        return shards[layout.shard(hash)];
    }

    private long fallback(Shard shard, int field) {
        if (shard.fallbacks == 0) {
            return RowDirectory.ABSENT;
        }
        long key = FallbackKeys.of(field, shard.number);
        return shard.find(key, KeyIndex.hash(key));
    }

    @Override
    public void begin(int count) {
        features = count;
        rows.clear();
        turnedAway = false;
        if (count > slots.length) {
            int length = Math.max(count, 2 * slots.length);
            slots = new int[length];
            own = new boolean[length];
            keys = new long[length];
        }
    }

    @Override
    public boolean open(int i, long key, int field) {
        long hash = KeyIndex.hash(key);
        long place = directory.find(key, hash);
        keys[i] = key;
        own[i] = place != RowDirectory.ABSENT;
        if (!own[i]) {
            place = fallback(shardOf(hash), field);
        }
        slots[i] = place == RowDirectory.ABSENT ? ABSENT : rows.open(place);
        return slots[i] != ABSENT;
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        if (own[i]) {
            return false;
        }
        if (key == 0) {
            throw new IllegalArgumentException("key 0 is reserved for 'no row'");
        }
        long hash = KeyIndex.hash(key);
        long place = directory.find(key, hash);
        if (place != RowDirectory.ABSENT) {
            // The key stands twice in this example and was given its row a moment ago.
            own[i] = true;
            slots[i] = rows.open(place);
            return true;
        }
        Shard shard = shardOf(hash);
        float earned = shard.admits(hash, importance);
        if (earned >= 0) {
            admit(i, key, hash, shard, earned - importance);
            return true;
        }
        turnedAway = true;
        return slots[i] == ABSENT && shareFallback(i, field, shard);
    }

    private void admit(int i, long key, long hash, Shard shard, float importance) {
        int shared = slots[i];
        int sizeClass = shard.entryClass;
        long place = shard.add(key, hash, sizeClass);
        int slot = initialize(i, key, place, sizeClass);
        if (shared != ABSENT) {
            int common = Math.min(rows.width(shared), rows.width(slot));
            float[] values = rows.values();
            System.arraycopy(
                    values, rows.position(shared), values, rows.position(slot), 1 + common);
        }
        own[i] = true;
        mark(place, importance, 0);
    }

    /** Opens a new row with its initial values. */
    private int initialize(int i, long key, long place, int sizeClass) {
        int slot = rows.add(place, format.width(sizeClass));
        slots[i] = slot;
        layout.initializer.initialize(key, rows.values(), rows.position(slot));
        return slot;
    }

    private boolean shareFallback(int i, int field, Shard shard) {
        long place = fallback(shard, field);
        if (place != RowDirectory.ABSENT) {
            slots[i] = rows.open(place);
            return true;
        }
        if (!shard.hasRoomForFallback()) {
            return false;
        }
        long key = FallbackKeys.of(field, shard.number);
        long added = shard.addFallback(key, KeyIndex.hash(key));
        initialize(i, key, added, Shard.FALLBACK);
        mark(added, 0, RowMarks.FALLBACK);
        return true;
    }

    private void mark(long place, float importance, int flags) {
        int[] page = directory.page(place);
        int at = RowDirectory.at(place);
        int marks = format.marks(page, at) | flags;
        format.setMarks(page, at, RowMarks.withImportance(marks, Math.max(0, importance), 0));
    }

    @Override
    public boolean isOwn(int i) {
        return own[i];
    }

    @Override
    public boolean isOpen(int i) {
        return slots[i] != ABSENT;
    }

    @Override
    public int position(int i) {
        return rows.position(slots[i]);
    }

    @Override
    public int width(int i) {
        return rows.width(slots[i]);
    }

    @Override
    public float add(int i, float factor, float[] sums, float[] squares) {
        return rows.add(slots[i], factor, sums, squares);
    }

    @Override
    public float[] values() {
        return rows.values();
    }

    @Override
    public void press(int i, float gradient, float[] others) {
        if (!own[i]) {
            return;
        }
        long hash = KeyIndex.hash(keys[i]);
        GrowthPressure pressure = shardOf(hash).pressure;
        if (pressure != null) {
            int width = width(i);
            int lanes = Math.min(GrowthPressure.LANES, format.dimensions() - width);
            pressure.touch(keys[i], hash, gradient, others, width, lanes);
        }
    }

    @Override
    public void commit(float importance) {
        float[] values = rows.values();
        for (int slot = 0; slot < rows.size(); slot++) {
            commitRow(slot, values, importance);
        }
        if (clock.tick()) {
            sweep(shards[clock.turn()]);
        }
        if (turnedAway) {
            for (int i = 0; i < features; i++) {
                Shard shard = shardOf(KeyIndex.hash(keys[i]));
                if (shard.isHardPressed(clock.examples())) {
                    sweep(shard);
                }
            }
        }
    }

    private void commitRow(int slot, float[] values, float importance) {
        long place = rows.place(slot);
        int[] page = directory.page(place);
        int at = RowDirectory.at(place);
        long random = Hashing.mix(RowFormat.key(page, at) ^ (layout.seed + clock.examples()));
        int marks = format.marks(page, at);
        float sum = RowMarks.importance(marks) + importance;
        marks = RowMarks.withImportance(marks, sum, (int) (random >>> 32));
        format.pack(page, at, RowMarks.touched(marks), values, rows.position(slot), random);
    }

    private void sweep(Shard shard) {
        sweep.run(shard, clock.examples(), clock.moveShare(), removals);
    }

    @Override
    public void reheat() {
        clock.reheat();
    }

    @Override
    public void drainChanged(Sink sink) {
        if (removals.areLost()) {
            sink.restarted();
            removals.clear();
            markAllChanged();
        }
        removals.drain(sink::removed);
        float[] row = new float[format.unpackedLength()];
        for (Shard shard : shards) {
            shard.drainChanged(
                    (key, page, at) ->
                            sink.changed(key, row, 0, format.unpackServed(page, at, row, 0)));
        }
    }

    @Override
    public FallbackKeys fallback() {
        for (Shard shard : shards) {
            if (shard.fallbacks > 0) {
                return new FallbackKeys(shards.length);
            }
        }
        return null;
    }

    @Override
    public void clear() {
        for (Shard shard : shards) {
            shard.clear();
        }
        removals.clear();
        clock.clear();
    }

    @Override
    public void markAllChanged() {
        for (Shard shard : shards) {
            shard.changeAll();
        }
    }

    @Override
    public void write(int groups, DataOutput[] outs) throws IOException {
        pieces.write(groups, outs);
    }

    @Override
    public void read(DataInput in) throws IOException {
        pieces.read(in);
    }
}
