package io.sluice.state.sparse;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Rows under a budget of bytes that holds at every example.
 *
 * <p>Every id is given a row when it is first learnt: one of full width while its page has room,
 * one of {@code model.store.entryDimensions} where something has to go for it. What goes is what is
 * worth least in the page at that moment, see {@link PageMarket}. A key without a row adds nothing
 * to a score. While nothing goes, with float32 values, it computes the very numbers of {@link
 * DenseEmbeddingTable}.
 *
 * <p>Deterministic: sweeps come by the number of examples, roundings by a hash of seed, key and
 * example. Cost of a feature: two cache misses, for index and row of one page; those of all
 * features of a vector are waited for together.
 */
public final class BudgetedEmbeddingTable implements EmbeddingTable {

    private final StoreLayout layout;
    private final RowFormat format;
    private final Ledger ledger;
    private final RowPages pages;
    private final Importance importances;
    private final GrowthPressure pressure;
    private final PageMarket market;
    private final PageSweep sweep;
    private final Removals removals;
    private final SweepClock clock;
    private final TablePieces pieces;

    private final FoundRows found;

    // -- the example under way
    private int[] slots = new int[16]; // of each feature, ABSENT without a row
    private long[] keys = new long[16];
    private final OpenRows rows;

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
        ledger = new Ledger(budget.bytes());
        removals = new Removals(budget);
        pressure = new GrowthPressure(layout.pages, layout.candidates);
        ledger.reserve(StoreLayout.OBJECTS + removals.bytes() + pressure.bytes());
        pages = new RowPages(layout, ledger);
        importances = new Importance(layout, pages);
        market = new PageMarket(layout, pages, removals);
        sweep = new PageSweep(layout, pages, pressure, market, removals);
        clock = new SweepClock(layout);
        pieces = new TablePieces(budget, layout, pages, pressure, removals, clock);
        rows = new OpenRows(format, pages);
        found = new FoundRows(format, pages);
    }

    @Override
    public int rowLength() {
        return format.unpackedLength();
    }

    @Override
    public int size() {
        return pages.size();
    }

    @Override
    public long bytes() {
        return ledger.used();
    }

    /** Counts the bytes again, array by array; always {@link #bytes}. */
    long recount() {
        return StoreLayout.OBJECTS + removals.bytes() + pressure.bytes() + pages.recount();
    }

    @Override
    public int read(long key, int field, float[] row) {
        long place = pages.find(key, RowPages.hash(key));
        return place == RowPages.ABSENT
                ? ABSENT
                : format.unpackServed(pages.page(place), RowPages.at(place), row, 0);
    }

    @Override
    public float sum(FeatureVector x, float linear, float[] sums, float[] squares) {
        int n = x.size();
        found.begin(n);
        for (int i = 0; i < n; i++) {
            long key = x.key(i);
            long place = pages.find(key, RowPages.hash(key));
            if (place != RowPages.ABSENT) {
                found.add(place, x.value(i));
            }
        }
        found.pairs(sums, squares);
        return found.linear(linear);
    }

    @Override
    public void begin(int count) {
        pieces.clear();
        rows.clear();
        if (count > slots.length) {
            int length = Math.max(count, 2 * slots.length);
            slots = new int[length];
            keys = new long[length];
        }
    }

    @Override
    public boolean open(int i, long key, int field) {
        long place = pages.find(key, RowPages.hash(key));
        keys[i] = key;
        slots[i] = place == RowPages.ABSENT ? ABSENT : rows.open(key, place);
        return slots[i] != ABSENT;
    }

    @Override
    public boolean claim(int i, long key, int field, float importance) {
        if (slots[i] != ABSENT) {
            return false;
        }
        if (key == 0) {
            throw new IllegalArgumentException("key 0 is reserved for 'no row'");
        }
        long hash = RowPages.hash(key);
        long place = pages.find(key, hash);
        if (place != RowPages.ABSENT) {
            // The key stands twice in this example and was given its row a moment ago.
            slots[i] = rows.open(key, place);
            return true;
        }
        int number = pages.numberOf(hash);
        int sizeClass = format.fullClass();
        if (!pages.hasRoomForRow(number, format.words(sizeClass))) {
            sizeClass = layout.entryClass;
            if (!makeRoom(number, format.words(sizeClass))) {
                return false;
            }
        }
        admit(i, key, number, sizeClass);
        return true;
    }

    private boolean makeRoom(int number, int words) {
        if (pages.hasRoomForRow(number, words)) {
            return true;
        }
        rows.hold();
        boolean made = market.makeRoomForRow(number, words);
        rows.relocate(number);
        return made;
    }

    private void admit(int i, long key, int number, int sizeClass) {
        boolean isFirst = pages.isEmpty(number);
        int at = pages.append(number, key, sizeClass);
        int[] page = pages.pageOf(number);
        if (isFirst) {
            page[RowPages.FADED] = importances.step(clock.examples());
        }
        format.setMarks(page, at, RowMarks.withAge(sizeClass, RowMarks.MOST));
        int slot = rows.add(key, RowPages.place(number, at), format.width(sizeClass));
        slots[i] = slot;
        layout.initializer.initialize(key, rows.values(), rows.position(slot));
    }

    @Override
    public boolean isOwn(int i) {
        return slots[i] != ABSENT;
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
        if (layout.candidates > 0) {
            long hash = RowPages.hash(keys[i]);
            int width = width(i);
            int lanes = Math.min(GrowthPressure.LANES, format.dimensions() - width);
            pressure.touch(pages.numberOf(hash), keys[i], hash, gradient, others, width, lanes);
        }
    }

    @Override
    public void commit(float importance) {
        float[] values = rows.values();
        int step = importances.step(clock.examples());
        for (int slot = 0; slot < rows.size(); slot++) {
            commitRow(slot, values, importance, step);
        }
        clock.tick();
        for (int number = clock.from(); number < clock.to(); number++) {
            sweep.run(number, clock.examples(), clock.moveShare());
        }
    }

    private void commitRow(int slot, float[] values, float importance, int step) {
        long place = rows.place(slot);
        float more = importance * importances.unit(RowPages.number(place), step);
        int[] page = pages.page(place);
        int at = RowPages.at(place);
        long random = Hashing.mix(RowFormat.key(page, at) ^ (layout.seed + clock.examples()));
        int marks = format.marks(page, at);
        float sum = RowMarks.importance(marks) + more;
        marks = RowMarks.withImportance(marks, sum, (int) (random >>> 32));
        format.pack(page, at, RowMarks.touched(marks), values, rows.position(slot), random);
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
        scan(
                (page, at) -> {
                    int marks = format.marks(page, at);
                    if ((marks & RowMarks.CHANGED) != 0) {
                        format.setMarks(page, at, marks & ~RowMarks.CHANGED);
                        int width = format.unpackServed(page, at, row, 0);
                        sink.changed(RowFormat.key(page, at), row, 0, width);
                    }
                });
    }

    private void scan(RowPages.Visitor visitor) {
        for (int number = 0; number < pages.count(); number++) {
            pages.scan(number, visitor);
        }
    }

    @Override
    public void clear() {
        for (int number = 0; number < pages.count(); number++) {
            pages.clear(number);
        }
        pressure.clear();
        removals.clear();
        clock.clear();
        pieces.clear();
    }

    @Override
    public void markAllChanged() {
        scan((page, at) -> format.setMarks(page, at, format.marks(page, at) | RowMarks.CHANGED));
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
