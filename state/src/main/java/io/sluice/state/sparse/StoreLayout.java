package io.sluice.state.sparse;

/**
 * How a budget is divided: into shards, and within a shard into rows, sketch and growth pressure.
 *
 * <p>A key belongs to one of S shards for good; each has B/S bytes and everything that its rows
 * need, and depends on no other. So shards are what moves when state is spread over more or fewer
 * tasks, and whatever subset of them a task holds stays within its share of the budget. S follows
 * from the budget alone: a shard has at least 64 KiB, and there are at most {@value #MOST_SHARDS}.
 */
final class StoreLayout {

    static final int MOST_SHARDS = 64;

    private static final long SMALLEST_SHARD = 1 << 16;

    /** Share of a shard for the sketch, and the same for growth pressure. */
    private static final int SKETCH_SHARE = 32;

    /** A page is about so small a part of a shard: what is lost at its end stays small too. */
    private static final int PAGE_SHARE = 32;

    /** Most rows that sweeps look at per example. */
    private static final int LOOKS = 4;

    /** Least examples in a half-life for each row that fits: fewer know too little of most rows. */
    private static final int MEMORY = 4;

    private static final int SMALLEST_PAGE_SHIFT = 8;
    private static final int LARGEST_PAGE_SHIFT = 14;

    final RowFormat format;
    final StoreConfig config;
    final long seed;
    final RowInitializer initializer;
    final int shards;
    final long shardBytes;
    final int sketchCells;
    final int pressureEntries;
    final int pageShift;
    final int mostPages;

    /** Examples between two sweeps of a shard. */
    final long period;

    /** Examples after which importance has faded to a half. */
    final long halfLife;

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
        long wanted = Long.highestOneBit(budget.bytes() / SMALLEST_SHARD);
        shards = (int) Math.max(1, Math.min(MOST_SHARDS, wanted));
        // What the store holds besides its shards: keys of removed rows that wait to be published.
        shardBytes = (budget.bytes() - Removals.bytes(budget)) / shards;
        sketchCells = (int) (shardBytes / SKETCH_SHARE / Character.BYTES) & ~1;
        pressureEntries = (int) (shardBytes / SKETCH_SHARE / GrowthPressure.bytes(1));
        pageShift = pageShift(shardBytes);
        mostPages = (int) (shardBytes / (4L << pageShift));
        long leastRowBytes = 4L * format.words(0) + 4;
        long mostRows = shards * (shardBytes / leastRowBytes);
        period = Math.max(config.sweepEvents(), mostRows / LOOKS);
        halfLife = Math.max(config.halfLifeEvents(), mostRows * MEMORY);
    }

    /** The same settings under another budget. */
    StoreLayout within(MemoryBudget budget) {
        return new StoreLayout(budget, config, format.dimensions(), seed, initializer);
    }

    private int pageShift(long bytes) {
        int largestRow = format.words(format.fullClass());
        int least = 64 - Long.numberOfLeadingZeros(8L * largestRow - 1);
        int good = 63 - Long.numberOfLeadingZeros(bytes / PAGE_SHARE / Integer.BYTES);
        return Math.max(least, Math.max(SMALLEST_PAGE_SHIFT, Math.min(LARGEST_PAGE_SHIFT, good)));
    }

    /** Which shard a key belongs to; part of the checkpoint format. */
    int shard(long hash) {
        return FallbackKeys.shardOf(hash, shards);
    }
}
