package io.sluice.state.sparse;

import io.sluice.state.feature.FeatureVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Rows under a budget of bytes that holds at every example.
 *
 * <p>Every id is given a row when it is first learnt: one of full width while its page has room,
 * one of {@code model.store.entryDimensions} where something has to go for it. What goes is what is
 * worth least in the page at that moment, see {@link PageMarket}. A key without a row adds nothing
 * to a score. New rows begin with a share of what rows of their field are on average ({@link
 * FieldMeans}). Without that, with float32 values and while nothing goes, it computes the very
 * numbers of {@link DenseEmbeddingTable}.
 *
 * <p>Deterministic: sweeps come by the number of examples, roundings by a hash of seed, key and
 * example. Rows touched most stand as floats beside their pages and are learnt there ({@link
 * FloatRows}). Cost of another feature: two cache misses, for index and row of one page; those of
 * all features of a vector are waited for together.
 */
public final class BudgetedEmbeddingTable implements EmbeddingTable {

    private final StoreLayout layout;
    private final RowFormat format;
    private final Ledger ledger;
    private final RowPages pages;
    private final FloatRows floats;
    private final FieldMeans means;
    private final Importance importances;
    private final RowReturns returns;
    private final GrowthPressure pressure;
    private final PageMarket market;
    private final PageSweep sweep;
    private final Removals removals;
    private final SweepClock clock;
    private final TablePieces pieces;

    private final FoundRows found;

    // -- the example under way
    private int features;
    private int[] slots = new int[16]; // of each feature, ABSENT without a row
    private long[] keys = new long[16];
    private int[] fields = new int[16];
    private final OpenRows rows;

    /**
     * An empty table.
     *
     * @param budget most bytes
     * @param config how to use them
     * @param dimensions length k of a full embedding
     * @param fields how many fields features have; see {@link FieldMeans}
     * @param seed of roundings
     * @param initializer fills a new row, unpacked
     */
    public BudgetedEmbeddingTable(
            MemoryBudget budget,
            StoreConfig config,
            int dimensions,
            int fields,
            long seed,
            RowInitializer initializer) {
        layout = new StoreLayout(budget, config, dimensions, fields, seed, initializer);
        format = layout.format;
        ledger = new Ledger(budget.bytes());
        removals = new Removals(budget);
        pressure = new GrowthPressure(layout.pages, layout.candidates);
        floats = new FloatRows(layout);
        means = new FieldMeans(layout);
        ledger.reserve(fixedBytes());
        pages = new RowPages(layout, ledger);
        importances = new Importance(layout, pages);
        clock = new SweepClock(layout);
        returns = new RowReturns(layout, pages, floats, importances, clock);
        market = new PageMarket(layout, pages, removals);
        sweep = new PageSweep(layout, pages, returns, pressure, market, removals);
        pieces = new TablePieces(layout, pages, floats, means, pressure, removals, clock);
        rows = new OpenRows(format, pages, floats);
        found = new FoundRows(format, pages, floats);
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

    private long fixedBytes() {
        return StoreLayout.OBJECTS
                + removals.bytes()
                + pressure.bytes()
                + floats.bytes()
                + means.bytes();
    }

    /** Counts the bytes again, array by array; always {@link #bytes}. */
    long recount() {
        return fixedBytes() + pages.recount();
    }

    @Override
    public int read(long key, int field, float[] row) {
        long place = find(key);
        if (FloatRows.isSlot(place)) {
            return floats.read(FloatRows.slot(place), row);
        }
        return place == RowPages.ABSENT
                ? ABSENT
                : format.unpackServed(pages.page(place), RowPages.at(place), row, 0);
    }

    /** Where a key's row stands: in a page, or a slot as {@link FloatRows#isSlot} tells. */
    private long find(long key) {
        long hash = RowPages.hash(key);
        int slot = floats.find(key, pages.numberOf(hash));
        return slot != FloatRows.ABSENT ? FloatRows.place(slot) : pages.find(key, hash);
    }

    @Override
    public float sum(FeatureVector x, float linear, float[] sums, float[] squares) {
        int n = x.size();
        found.begin(n);
        for (int i = 0; i < n; i++) {
            long place = find(x.key(i));
            if (place != RowPages.ABSENT) {
                found.add(place, x.value(i));
            }
        }
        return found.sum(linear, sums, squares);
    }

    @Override
    public void begin(int count) {
        pieces.clear();
        rows.clear();
        features = count;
        if (count > slots.length) {
            int length = Math.max(count, 2 * slots.length);
            slots = new int[length];
            keys = new long[length];
            fields = new int[length];
        }
    }

    @Override
    public boolean open(int i, long key, int field) {
        keys[i] = key;
        fields[i] = field;
        slots[i] = slot(key);
        return slots[i] != ABSENT;
    }

    private int slot(long key) {
        long place = find(key);
        if (FloatRows.isSlot(place)) {
            floats.open(FloatRows.slot(place));
            return FloatRows.slot(place);
        }
        return place == RowPages.ABSENT ? ABSENT : rows.open(key, place);
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
        admit(i, key, field, number, sizeClass);
        return true;
    }

    private boolean makeRoom(int number, int words) {
        if (pages.hasRoomForRow(number, words)) {
            return true;
        }
        rows.hold();
        returns.goBackTo(number);
        reopen();
        boolean made = market.makeRoomForRow(number, words);
        rows.relocate(number);
        return made;
    }

    /** Opens rows again that have gone back to their page. */
    private void reopen() {
        for (int i = 0; i < features; i++) {
            if (slots[i] != ABSENT && !rows.isPacked(slots[i]) && floats.isFree(slots[i])) {
                slots[i] = slot(keys[i]);
            }
        }
    }

    private void admit(int i, long key, int field, int number, int sizeClass) {
        boolean isFirst = pages.isEmpty(number);
        int at = pages.append(number, key, sizeClass);
        int[] page = pages.pageOf(number);
        if (isFirst) {
            pages.setFaded(number, importances.step(clock.examples()));
        }
        format.setMarks(page, at, RowMarks.withAge(sizeClass, RowMarks.MOST));
        int slot = rows.add(key, RowPages.place(number, at), format.width(sizeClass));
        slots[i] = slot;
        int from = rows.position(slot);
        layout.initializer.initialize(key, rows.values(), from, rows.width(slot));
        means.warm(field, rows.values(), from, rows.width(slot));
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
        if (means.isDue(clock.examples())) {
            countMeans();
        }
        int step = importances.step(clock.examples());
        rows.commit(returns, importance, importance * Importance.recent(step));
        clock.tick();
        float fading = importances.recentFading(clock.examples());
        if (fading < 1) {
            floats.fade(fading);
        }
        if (sweep.isNeeded()) {
            sweep();
        }
    }

    private void countMeans() {
        for (int i = 0; i < features; i++) {
            if (slots[i] != ABSENT) {
                means.count(fields[i], rows.values(), position(i), width(i));
            }
        }
    }

    private void sweep() {
        for (int number = clock.from(); number < clock.to(); number++) {
            sweep.run(number, clock.examples(), clock.moveShare());
        }
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
        floats.drainChanged(sink);
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
        floats.clear();
        means.clear();
        pressure.clear();
        removals.clear();
        clock.clear();
        pieces.clear();
    }

    @Override
    public void markAllChanged() {
        for (int number = 0; number < pages.count(); number++) {
            int each = number;
            pages.scan(each, (page, at) -> markChanged(each, page, at));
        }
        floats.markAllChanged();
    }

    private void markChanged(int number, int[] page, int at) {
        if (floats.find(RowFormat.key(page, at), number) == ABSENT) {
            format.setMarks(page, at, format.marks(page, at) | RowMarks.CHANGED);
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
