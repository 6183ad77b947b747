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
    static final int OBJECTS = 464;

    /** Bytes of a reference to a page, where they are not compressed. */
    static final int REFERENCE = Long.BYTES;

    /** Least examples in a half-life for each row that fits: fewer know too little of most rows. */
    private static final int MEMORY = 4;

    /** Most rows that sweeps look at per example. */
    private static final int LOOKS = 4;

    /** Parts of a half-life after which importance has faded by a step. */
    static final int FADES = 8;

    final MemoryBudget budget;
    final RowFormat format;
    final StoreConfig config;
    final long seed;
    final RowInitializer initializer;
    final int pages;

    /** Words of a page that has grown to its full length, and of what is beside it. */
    final int pageWords;

    /** The class of a new row where there is no room for a full one. */
    final int entryClass;

    /** Slots beside each page, see {@link FloatRows}. */
    final int floatRows;

    /** Fields whose means are kept, see {@link FieldMeans}. */
    final int means;

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
            int fields,
            long seed,
            RowInitializer initializer) {
        this(
                budget,
                config,
                new RowFormat(config.values(), dimensions),
                FieldMeans.fields(config.warmStart() > 0 ? fields : 0, dimensions, budget),
                seed,
                initializer);
    }

    private StoreLayout(
            MemoryBudget budget,
            StoreConfig config,
            RowFormat format,
            int means,
            long seed,
            RowInitializer initializer) {
        this(
                budget,
                config,
                format,
                seed,
                initializer,
                floatRows(config.floatShare(), format),
                means);
    }

    private StoreLayout(
            MemoryBudget budget,
            StoreConfig config,
            RowFormat format,
            long seed,
            RowInitializer initializer,
            int floatRows,
            int means) {
        this.budget = budget;
        this.format = format;
        this.config = config;
        this.seed = seed;
        this.initializer = initializer;
        entryClass = entryClass(config.entryDimensions());
        candidates = config.moveShare() > 0 ? GrowthPressure.CANDIDATES : 0;
        int pageBytes = pageBytes(format);
        this.floatRows = floatRows;
        this.means = means;
        pageWords = (pageBytes - Ledger.ARRAY) / Integer.BYTES;
        long fixed = OBJECTS + Removals.bytes(budget) + pageBytes + Ledger.ARRAY;
        fixed += RowPages.BESIDE * Ledger.ARRAY;
        fixed += GrowthPressure.bytes(0) + FloatRows.fixedBytes();
        fixed += FieldMeans.bytes(means, format.dimensions());
        long each = pageBytes + REFERENCE + (long) candidates * GrowthPressure.ENTRY;
        pages = pages(budget.bytes() - fixed, each, (long) floatRows * FloatRows.slotBytes(format));
        long mostRows = budget.bytes() / (Integer.BYTES * (format.words(entryClass) + 1L));
        period = Math.max(config.sweepEvents(), mostRows / LOOKS);
        long halfLife = Math.max(config.halfLifeEvents(), mostRows * MEMORY);
        fadeEvents = Math.max(1, halfLife / FADES);
    }

    private static int pageBytes(RowFormat format) {
        int fullRow = Integer.BYTES * format.words(format.fullClass());
        int wanted = Math.max(SMALLEST_PAGE, LEAST_ROWS * fullRow);
        return Integer.highestOneBit(wanted - 1) << 1;
    }

    /** Slots beside a page that are about this share of both; one at least unless it is 0. */
    private static int floatRows(double share, RowFormat format) {
        double bytes = share / (1 - share) * pageBytes(format);
        int rows = (int) (bytes / FloatRows.slotBytes(format));
        return share > 0 ? Math.max(1, rows) : 0;
    }

    /** How many pages fit, with a set of slots beside each as far as there are so many. */
    private static int pages(long bytes, long page, long set) {
        long pages = bytes / (page + set);
        if (pages > FloatRows.MOST_SETS) {
            pages = (bytes - FloatRows.MOST_SETS * set) / page;
        }
        return (int) Math.max(1, pages);
    }

    /** The narrowest class of at least so many dimensions; the full one where there is none. */
    private int entryClass(int width) {
        int sizeClass = 0;
        while (format.width(sizeClass) < Math.min(width, format.dimensions())) {
            sizeClass++;
        }
        return sizeClass;
    }

    /**
     * The same settings under another budget, with other numbers of rows beside pages and means.
     */
    StoreLayout within(MemoryBudget budget, int floatRows, int means) {
        return new StoreLayout(budget, config, format, seed, initializer, floatRows, means);
    }
}
