package io.sluice.state.sparse;

/**
 * The rows of some of the keys, with a share of the budget of their own.
 *
 * <p>Between sweeps rows only come: an id is admitted when what it would have learnt so far,
 * divided by the words of its row, is above the <i>price</i> of the last sweep, and there is room.
 * {@link ShardSweep} makes room, narrows, widens and evicts. What happens depends on rows, sketch
 * and price alone, never on where rows stand, so a shard goes on after a restore as if nothing had
 * happened. Not thread-safe.
 */
final class Shard {

    /** The price while everything fits: nobody is turned away. */
    static final int FREE = 0;

    /**
     * The class of fallback rows: a linear weight only. Rows that start from a shared embedding are
     * all alike, their sums grow coherent, and a fresh row's first steps overshoot.
     */
    static final int FALLBACK = 0;

    /** Room for so many fallback rows is left by ids' rows: one is wanted for each field. */
    private static final int SPARE_FALLBACKS = 16;

    /** Bytes of the objects that the arrays hang on, about. */
    private static final int OBJECTS = 512;

    final StoreLayout layout;
    final RowDirectory directory;
    final int number;
    final Ledger ledger;
    final RowArena arena;
    final KeyIndex index;

    // -- made when the budget first presses
    ImportanceSketch sketch;
    GrowthPressure pressure;

    /** The least density that the last sweep kept, as a bin of {@link Densities}. */
    int price = FREE;

    /** The class in which new rows begin. */
    int entryClass;

    /** Whether an id was turned away for want of room since the last sweep. */
    boolean pressed;

    /** Examples learnt when it was last swept. */
    long sweptAt;

    /** Fallback rows held. */
    int fallbacks;

    Shard(StoreLayout layout, RowDirectory directory, int number) {
        this.directory = directory;
        this.layout = layout;
        this.number = number;
        ledger = new Ledger(layout.shardBytes);
        ledger.reserve(OBJECTS);
        arena = new RowArena(layout, ledger, directory, number);
        index = new KeyIndex(directory, number, arena, ledger);
        entryClass = layout.format.fullClass();
    }

    /** Bytes kept for sketch and growth pressure until they are there. */
    private long kept() {
        return sketch == null ? auxiliaryBytes() : 0;
    }

    private long auxiliaryBytes() {
        return Ledger.chars(layout.sketchCells) + GrowthPressure.bytes(layout.pressureEntries);
    }

    /** From now on what is turned away is remembered. */
    void press() {
        if (sketch == null) {
            ledger.reserve(auxiliaryBytes());
            sketch = new ImportanceSketch(layout.sketchCells);
            pressure = new GrowthPressure(layout.pressureEntries);
        }
    }

    /** Counts everything again. */
    long recount() {
        long auxiliary = sketch == null ? 0 : sketch.bytes() + pressure.bytes();
        return OBJECTS
                + RowArena.overhead(arena.mostPages())
                + arena.held() * arena.pageBytes()
                + index.bytes()
                + auxiliary;
    }

    /** Words that rows may take when the index has this length. */
    long capacityWords(int indexLength) {
        long other = ledger.used() - arena.held() * arena.pageBytes() - index.bytes();
        long left = ledger.limit() - other - kept() - Ledger.ints(indexLength);
        return arena.wordsIn((int) Math.max(0, left / arena.pageBytes()));
    }

    /** Whether an id's row of this class can be added now. */
    boolean hasRoom(int sizeClass) {
        long spare =
                Math.max(0, SPARE_FALLBACKS - fallbacks) * (long) layout.format.words(FALLBACK);
        return hasRoom(layout.format.words(sizeClass) + spare, index.isFull());
    }

    /** Whether a fallback row can be added now. */
    boolean hasRoomForFallback() {
        return hasRoom(layout.format.words(FALLBACK), index.isBrimful());
    }

    /** Whether a copy of this class can be put into the arena, whatever the index. */
    boolean hasArenaRoom(int sizeClass) {
        return hasRoom(layout.format.words(sizeClass), false);
    }

    private boolean hasRoom(long words, boolean indexMustGrow) {
        int pages = arena.pagesFor(arena.liveWords() + words);
        long more = Math.max(0, pages - arena.held()) * arena.pageBytes();
        if (indexMustGrow) {
            more += index.growthBytes();
        }
        return pages <= arena.mostPages() && ledger.fits(more + kept());
    }

    /** The place of a row of this shard, or {@link RowDirectory#ABSENT}. */
    long find(long key, long hash) {
        return directory.find(number, key, hash);
    }

    /** Adds an id's row; there is room. */
    long add(long key, long hash, int sizeClass) {
        if (index.isFull()) {
            index.grow();
        }
        return append(key, hash, sizeClass);
    }

    /** Adds a fallback row; there is room. */
    long addFallback(long key, long hash) {
        if (index.isBrimful()) {
            index.grow();
        }
        fallbacks++;
        return append(key, hash, FALLBACK);
    }

    /** Adds a row where the index has room in any case. */
    long append(long key, long hash, int sizeClass) {
        int address = arena.append(key, sizeClass);
        index.add(hash, address);
        return directory.place(number, address);
    }

    /**
     * Decides about an id without a row.
     *
     * @param importance of this example for it
     * @return the sum of its importance when it has earned a row and there is room; otherwise −1
     */
    float admits(long hash, float importance) {
        float sum = sketch == null ? importance : sketch.add(hash, importance);
        if (price != FREE && Densities.bin(sum, layout.format.words(entryClass)) < price) {
            return -1;
        }
        if (!hasRoom(entryClass)) {
            pressed = true;
            return -1;
        }
        return sum;
    }

    /** Whether ids were turned away for want of room, and the last sweep is long enough ago. */
    boolean isHardPressed(long examples) {
        return pressed && examples - sweptAt >= layout.period / 8;
    }

    /** Hands out rows changed since the last call. */
    void drainChanged(RowSink sink) {
        RowFormat format = layout.format;
        arena.scan(
                (page, at, address) -> {
                    int marks = format.marks(page, at);
                    if ((marks & RowMarks.CHANGED) != 0) {
                        format.setMarks(page, at, marks & ~RowMarks.CHANGED);
                        sink.accept(RowFormat.key(page, at), page, at);
                    }
                });
    }

    /** Marks every row as changed. */
    void changeAll() {
        RowFormat format = layout.format;
        arena.scan(
                (page, at, address) ->
                        format.setMarks(page, at, format.marks(page, at) | RowMarks.CHANGED));
    }

    /** Removes everything. */
    void clear() {
        arena.clear();
        index.rebuild(KeyIndex.lengthFor(0));
        if (sketch != null) {
            ledger.release(auxiliaryBytes());
            sketch = null;
            pressure = null;
        }
        price = FREE;
        entryClass = layout.format.fullClass();
        pressed = false;
        sweptAt = 0;
        fallbacks = 0;
    }

    /** Receives a packed row. */
    @FunctionalInterface
    interface RowSink {
        void accept(long key, int[] page, int at);
    }
}
