package io.sluice.state.sparse;

/**
 * How a budget is divided: into pages of {@value #SMALLEST_PAGE} bytes, larger where sixteen full
 * rows need it.
 *
 * <p>A key belongs to one of P pages for good; a page holds all that its rows need and depends on
 * no other. So pages are what moves when state is spread over more or fewer tasks, and whatever
 * subset of them a task holds stays within its share of the budget. P follows from the budget
 * alone; one page's bytes stay free, so that a page can be copied into a larger one.
 */
final class StoreLayout {

    private static final int SMALLEST_PAGE = 1 << 11;

    /** Least rows of full width that a page has room for. */
    private static final int LEAST_ROWS = 16;

    /** Bytes of the objects that the arrays hang on, about. */
    static final int OBJECTS = 512;

    /** Bytes of a reference to a page, where they are not compressed. */
    static final int REFERENCE = Long.BYTES;

    /** Least examples in a half-life for each row that fits: fewer know too little of most rows. */
    private static final int MEMORY = 4;

    /** Most rows that sweeps look at per example. */
    private static final int LOOKS = 4;

    /** Parts of a half-life after which importance has faded by a step. */
    static final int FADES = 8;

    final RowFormat format;
    final StoreConfig config;
    final long seed;
    final RowInitializer initializer;
    final int pages;

    /** Words of a page's array that has grown to its full length. */
    final int pageWords;

    /** The class of a new row where there is no room for a full one. */
    final int entryClass;

    /** Growth candidates of a page, see {@link GrowthPressure}. */
    final int candidates;

    /** Examples between two sweeps of a page. */
    final long period;

    /** Examples after which importance has faded by one step, {@code 2^(-1/FADES)}. */
    final long fadeEvents;

    StoreLayout(
            MemoryBudget budget,
            StoreConfig config,
            int dimensions,
            long seed,
            RowInitializer initializer) {
        this.config = config;
        this.seed = seed;
        this.initializer = initializer;
        format = new RowFormat(config.values(), dimensions);
        entryClass = entryClass(config.entryDimensions());
        candidates = config.moveShare() > 0 ? GrowthPressure.CANDIDATES : 0;
        int fullRow = Integer.BYTES * format.words(format.fullClass());
        int wanted = Math.max(SMALLEST_PAGE, LEAST_ROWS * fullRow);
        int pageBytes = Integer.highestOneBit(wanted - 1) << 1;
        pageWords = (pageBytes - Ledger.ARRAY) / Integer.BYTES;
        long fixed = OBJECTS + Removals.bytes(budget) + pageBytes + Ledger.ARRAY;
        fixed += GrowthPressure.bytes(0);
        long each = pageBytes + REFERENCE + (long) candidates * GrowthPressure.ENTRY;
        pages = (int) Math.max(1, (budget.bytes() - fixed) / each);
        long mostRows = budget.bytes() / (Integer.BYTES * (format.words(entryClass) + 1L));
        period = Math.max(config.sweepEvents(), mostRows / LOOKS);
        long halfLife = Math.max(config.halfLifeEvents(), mostRows * MEMORY);
        fadeEvents = Math.max(1, halfLife / FADES);
    }

    /** The narrowest class of at least so many dimensions; the full one where there is none. */
    private int entryClass(int width) {
        int sizeClass = 0;
        while (format.width(sizeClass) < Math.min(width, format.dimensions())) {
            sizeClass++;
        }
        return sizeClass;
    }

    /** The same settings under another budget. */
    StoreLayout within(MemoryBudget budget) {
        return new StoreLayout(budget, config, format.dimensions(), seed, initializer);
    }
}
