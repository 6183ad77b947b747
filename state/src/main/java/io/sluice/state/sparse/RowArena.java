package io.sluice.state.sparse;

import java.util.Arrays;

/**
 * Packed rows one behind the other in pages of 32-bit words; no row crosses the end of a page.
 *
 * <p>Rows are only ever appended. What shrinks or goes is closed up by {@link #slide}, once for all
 * rows of a sweep, so there are no holes and no free lists. An address is {@code page · words of a
 * page + place}.
 *
 * <p>How many pages are held depends on the rows' words alone, not on their order: as many as hold
 * them in the worst order, when each page loses one word less than the largest row. So two stores
 * with the same rows use the same bytes. Not thread-safe.
 */
final class RowArena {

    private final RowFormat format;
    private final Ledger ledger;
    private final int shift;
    private final int usable; // words of a page that are surely filled before the next is needed
    private final RowDirectory directory;
    private final int shard;
    private final int[] used; // words used in each page
    private int held; // pages allocated
    private int last; // the page that is being filled
    private long live;
    private int rows;

    /**
     * An empty arena.
     *
     * @param directory takes the pages
     * @param shard under this number
     */
    RowArena(StoreLayout layout, Ledger ledger, RowDirectory directory, int shard) {
        this.format = layout.format;
        this.ledger = ledger;
        this.directory = directory;
        this.shard = shard;
        shift = layout.pageShift;
        int most = layout.mostPages;
        usable = (1 << shift) - format.words(format.fullClass()) + 1;
        ledger.reserve(overhead(most));
        used = new int[most];
    }

    static long overhead(int pages) {
        return 2 * Ledger.ints(pages);
    }

    int rows() {
        return rows;
    }

    /** Words of all rows. */
    long liveWords() {
        return live;
    }

    /** Pages needed by rows of so many words. */
    int pagesFor(long words) {
        return (int) ((words + usable - 1) / usable);
    }

    /** Words of rows that certainly fit into so many pages. */
    long wordsIn(int pageCount) {
        return (long) pageCount * usable;
    }

    int mostPages() {
        return used.length;
    }

    int held() {
        return held;
    }

    long pageBytes() {
        return Ledger.ints(1L << shift);
    }

    private int[] page(int number) {
        return directory.pageOf(shard, number);
    }

    /** Appends a row without values; the caller has made sure that there is room. */
    int append(long key, int sizeClass) {
        int words = format.words(sizeClass);
        hold(pagesFor(live + words));
        if (used[last] + words > 1 << shift) {
            last++;
        }
        int place = used[last];
        used[last] += words;
        live += words;
        rows++;
        format.begin(page(last), place, key, sizeClass);
        return (last << shift) + place;
    }

    /** Makes sure that at least so many pages are there. */
    void hold(int pageCount) {
        while (held < pageCount) {
            ledger.reserve(pageBytes());
            directory.setPage(shard, held++, new int[1 << shift]);
        }
    }

    /** Shows every row in the order of addresses; the visitor may change words, not the width. */
    void scan(Visitor visitor) {
        for (int p = 0; p <= last && p < held; p++) {
            int[] page = page(p);
            int at = 0;
            while (at < used[p]) {
                int words = format.wordsAt(page, at);
                visitor.visit(page, at, (p << shift) + at);
                at += words;
            }
        }
    }

    /**
     * Moves rows together. The visitor narrows a row by writing a smaller class into its marks, and
     * removes it by returning false. Freed words become 0, freed pages go back.
     */
    void slide(Filter filter) {
        int toPage = 0;
        int to = 0;
        live = 0;
        rows = 0;
        int end = last;
        for (int p = 0; p <= end && p < held; p++) {
            int[] page = page(p);
            int filled = used[p];
            int at = 0;
            while (at < filled) {
                int words = format.wordsAt(page, at);
                if (filter.keep(page, at)) {
                    int kept = format.wordsAt(page, at);
                    if (to + kept > 1 << shift) {
                        close(toPage++, to);
                        to = 0;
                    }
                    System.arraycopy(page, at, page(toPage), to, kept);
                    to += kept;
                    live += kept;
                    rows++;
                }
                at += words;
            }
        }
        last = toPage;
        for (int p = toPage; p < held; p++) {
            close(p, to);
            to = 0;
        }
        release();
    }

    private void close(int page, int filled) {
        used[page] = filled;
        Arrays.fill(page(page), filled, 1 << shift, 0);
    }

    void clear() {
        Arrays.fill(used, 0);
        last = 0;
        live = 0;
        rows = 0;
        release();
    }

    private void release() {
        int needed = pagesFor(live);
        while (held > needed) {
            directory.setPage(shard, --held, null);
            ledger.release(pageBytes());
        }
    }

    /** Sees a row at its place in a page. */
    @FunctionalInterface
    interface Visitor {
        void visit(int[] page, int at, int address);
    }

    /** Decides whether a row stays. */
    @FunctionalInterface
    interface Filter {
        boolean keep(int[] page, int at);
    }
}
