package io.sluice.state.sparse;

/**
 * Where everything stands: the indexes and pages of all shards side by side, so that a look-up goes
 * from table to index to row without a visit to the shard.
 *
 * <p>A place is a page's number among those of all shards, above 32 bits of position in it. Shards
 * allocate and count what they put here, see {@link RowArena} and {@link KeyIndex}; the directory
 * itself is counted with each shard's pages. Not thread-safe.
 */
final class RowDirectory {

    static final long ABSENT = -1;

    private final int pagesOfShard;
    private final int pageShift;
    private final int positionMask;
    private final int addressMask;
    private final int shards;
    private final int[][] pages;
    private final int[][] indexes;

    RowDirectory(StoreLayout layout) {
        shards = layout.shards;
        pagesOfShard = layout.mostPages;
        pageShift = layout.pageShift;
        positionMask = (1 << pageShift) - 1;
        addressMask = (Integer.highestOneBit(pagesOfShard << pageShift) << 1) - 1;
        pages = new int[shards * pagesOfShard][];
        indexes = new int[shards][];
    }

    /** The place of an address in a shard. */
    long place(int shard, int address) {
        return ((long) pageNumber(shard, address) << 32) | (address & positionMask);
    }

    private int pageNumber(int shard, int address) {
        return shard * pagesOfShard + (address >>> pageShift);
    }

    int[] page(long place) {
        return pages[(int) (place >>> 32)];
    }

    static int at(long place) {
        return (int) place;
    }

    int[] pageOf(int shard, int page) {
        return pages[shard * pagesOfShard + page];
    }

    void setPage(int shard, int page, int[] words) {
        pages[shard * pagesOfShard + page] = words;
    }

    int[] index(int shard) {
        return indexes[shard];
    }

    void setIndex(int shard, int[] entries) {
        indexes[shard] = entries;
    }

    /** The index's entry for an address: part of the hash above address + 1, which is never 0. */
    int entry(long hash, int address) {
        return part(hash) | (address + 1);
    }

    /** Bits that the home depends on least. */
    private int part(long hash) {
        return (int) (hash >>> 1) & ~addressMask;
    }

    /** Where the search for a hash begins in an index of this length. */
    static int home(long hash, int length) {
        // The middle bits: the top ones chose the shard, the lowest are weak in a product.
        return (int) ((((hash >>> 20) & 0xffffffffL) * length) >>> 32);
    }

    /** The place of an id's row, or {@link #ABSENT}. */
    long find(long key, long hash) {
        return find(FallbackKeys.shardOf(hash, shards), key, hash);
    }

    /** The same in a given shard, where fallback rows stand whatever their hash. */
    long find(int shard, long key, long hash) {
        int[] entries = indexes[shard];
        int part = part(hash);
        int at = home(hash, entries.length);
        while (true) {
            int entry = entries[at];
            int address = (entry ^ part) - 1;
            // Unsigned: what the tag does not agree with, and a free entry, are out of range.
            if (address + Integer.MIN_VALUE < addressMask + Integer.MIN_VALUE) {
                int number = pageNumber(shard, address);
                int[] page = pages[number];
                int place = address & positionMask;
                if (page[place] == (int) key && page[place + 1] == (int) (key >>> 32)) {
                    return ((long) number << 32) | place;
                }
            } else if (entry == 0) {
                return ABSENT;
            }
            at = at + 1 == entries.length ? 0 : at + 1;
        }
    }
}
