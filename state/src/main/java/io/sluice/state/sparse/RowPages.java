package io.sluice.state.sparse;

import io.sluice.state.kernel.Hashing;
import java.util.Arrays;

/**
 * Packed rows in pages, each of which is a small world: a key's page follows from its hash, and the
 * page's array holds rows, index and all else about them.
 *
 * <pre>
 *   0      words in use by head and rows
 *   1      rows
 *   2 …    rows one behind the other, in the order in which they came; then free words, all 0
 *   … end  the index, see {@link PageIndex}
 * </pre>
 *
 * <p>Where its index stands, and to which step importance has faded, is kept beside the pages: of
 * many rows these few bytes are in the processor's cache where the pages aren't, so a look-up waits
 * for an entry and a row and not for a head before.
 *
 * <p>A cache of limited associativity: rows compete with those of their page only, which costs
 * little when a page has room for dozens, and makes every decision local (Adas, Friedman and
 * Einziger, "Limited Associativity Makes Concurrent Software Caches a Breeze", ICDCN 2022). What
 * goes or shrinks is closed up at once, so there are no holes. A page begins small and doubles.
 *
 * <p>A place is a page's number above 32 bits of position in it. Not thread-safe.
 */
final class RowPages {

    static final int USED = 0;
    static final int ROWS = 1;
    static final int HEAD = 2;

    /** Words beside each page that belong to it. */
    static final int BESIDE = 2;

    static final long ABSENT = -1;

    private static final int SMALLEST = 64 - BESIDE;

    /** Stands for all pages without rows; never written to. */
    private static final int[] EMPTY = {HEAD, 0, 0};

    private static final int EMPTY_SHAPE = PageIndex.shape(EMPTY.length, 2);

    private final RowFormat format;
    private final Ledger ledger;
    private final PageIndex index;
    private final int most;
    private final int[][] pages;
    private final int[] shapes; // of each, see PageIndex
    private final int[] faded; // of each: to which step importance has faded
    private int size;

    RowPages(StoreLayout layout, Ledger ledger) {
        this.ledger = ledger;
        format = layout.format;
        most = layout.pageWords - BESIDE;
        index = new PageIndex(most);
        ledger.reserve(bytesOfDirectory(layout.pages));
        pages = new int[layout.pages][];
        shapes = new int[layout.pages];
        faded = new int[layout.pages];
        Arrays.fill(pages, EMPTY);
        Arrays.fill(shapes, EMPTY_SHAPE);
    }

    private static long bytesOfDirectory(int pages) {
        return Ledger.ARRAY + (long) StoreLayout.REFERENCE * pages + BESIDE * Ledger.ints(pages);
    }

    static long hash(long key) {
        return key * 0x9e3779b97f4a7c15L;
    }

    static int at(long place) {
        return (int) place;
    }

    static int number(long place) {
        return (int) (place >>> 32);
    }

    static long place(int number, int at) {
        return ((long) number << 32) | at;
    }

    /** Which of so many pages a key belongs to; part of the checkpoint format. */
    static int numberOf(long hash, int pages) {
        return Hashing.below(pages, hash);
    }

    int numberOf(long hash) {
        return numberOf(hash, pages.length);
    }

    int count() {
        return pages.length;
    }

    /** Rows of all pages. */
    int size() {
        return size;
    }

    int[] page(long place) {
        return pages[(int) (place >>> 32)];
    }

    int[] pageOf(int number) {
        return pages[number];
    }

    boolean isEmpty(int number) {
        return pages[number] == EMPTY;
    }

    /** The place of a key's row, or {@link #ABSENT}. */
    long find(long key, long hash) {
        int number = numberOf(hash, pages.length);
        int at = index.find(pages[number], shapes[number], key, hash);
        return at < 0 ? ABSENT : place(number, at);
    }

    /** Whether a page has room for one more row of so many words. */
    boolean hasRoomForRow(int number, int words) {
        int[] page = pages[number];
        int entries = Math.max(entries(number), PageIndex.entriesFor(page[ROWS] + 1));
        return page[USED] + words + PageIndex.words(entries) <= most;
    }

    /** Whether the rows of a page may take so many words more. */
    boolean hasRoom(int number, int words) {
        int[] page = pages[number];
        return page[USED] + words + PageIndex.words(entries(number)) <= most;
    }

    /** Adds a row without values, for which there is room; returns where it begins. */
    int append(int number, long key, int sizeClass) {
        int entries = Math.max(entries(number), PageIndex.entriesFor(pages[number][ROWS] + 1));
        int words = format.words(sizeClass);
        lengthen(number, pages[number][USED] + words, entries);
        int[] page = pages[number];
        int at = page[USED];
        format.begin(page, at, key, sizeClass);
        page[USED] += words;
        page[ROWS]++;
        size++;
        index.add(page, shapes[number], hash(key), at);
        return at;
    }

    /** Makes sure of room for so many words and entries. */
    private void lengthen(int number, int used, int entries) {
        int[] page = pages[number];
        int needed = used + PageIndex.words(entries);
        if (needed > page.length) {
            int twice = 2 * page.length + BESIDE;
            replace(number, Math.min(most, Math.max(SMALLEST, Math.max(needed, twice))));
            index(number, entries);
        } else if (entries != entries(number)) {
            index(number, entries);
        }
    }

    /** Entries of a page's index. */
    int entries(int number) {
        return PageIndex.entries(shapes[number]);
    }

    private void index(int number, int entries) {
        shapes[number] = PageIndex.shape(pages[number].length, entries);
        index.build(pages[number], shapes[number], format);
    }

    /** To which step the importance of a page's rows has faded. */
    int faded(int number) {
        return faded[number];
    }

    void setFaded(int number, int step) {
        faded[number] = step;
    }

    private void replace(int number, int length) {
        int[] old = pages[number];
        ledger.reserve(Ledger.ints(length));
        int[] page = new int[length];
        System.arraycopy(old, 0, page, 0, old[USED]);
        pages[number] = page;
        if (old != EMPTY) {
            ledger.release(Ledger.ints(old.length));
        }
    }

    /** Puts an empty page of a certain length in the place of one. */
    int[] begin(int number, int length) {
        clear(number);
        replace(number, length);
        return pages[number];
    }

    /** Counts and indexes the rows that were written into a page up to some word. */
    void finish(int number, int used, int rows, int entries) {
        int[] page = pages[number];
        size += rows - page[ROWS];
        page[USED] = used;
        page[ROWS] = rows;
        index(number, entries);
    }

    /** Takes a row out and moves those behind it. */
    void remove(int number, int at) {
        int[] page = pages[number];
        index.remove(page, shapes[number], hash(RowFormat.key(page, at)), at);
        close(number, at, format.wordsAt(page, at));
        page[ROWS]--;
        size--;
    }

    /** Cuts a row to a smaller class and moves those behind it. */
    void narrow(int number, int at, int sizeClass) {
        int[] page = pages[number];
        int marks = format.marks(page, at);
        int kept = format.words(sizeClass);
        close(number, at + kept, format.wordsAt(page, at) - kept);
        format.setMarks(page, at, RowMarks.withSizeClass(marks, sizeClass));
    }

    private void close(int number, int at, int words) {
        int[] page = pages[number];
        int used = page[USED];
        index.move(page, shapes[number], at, words);
        System.arraycopy(page, at + words, page, at, used - at - words);
        Arrays.fill(page, used - words, used, 0);
        page[USED] = used - words;
    }

    /**
     * Gives a row a larger class, for which there is room; new words are 0. Rows behind it move and
     * are found again.
     */
    int[] widen(int number, int at, int sizeClass) {
        int before = format.wordsAt(pages[number], at);
        int more = format.words(sizeClass) - before;
        int entries = entries(number);
        lengthen(number, pages[number][USED] + more, entries);
        int[] page = pages[number];
        int used = page[USED];
        System.arraycopy(page, at + before, page, at + before + more, used - at - before);
        Arrays.fill(page, at + before, at + before + more, 0);
        format.setMarks(page, at, RowMarks.withSizeClass(format.marks(page, at), sizeClass));
        page[USED] = used + more;
        index(number, entries);
        return page;
    }

    /** Gives room of the index back that rows which went no longer need. */
    void shrinkIndex(int number) {
        int enough = PageIndex.entriesFor(pages[number][ROWS] + 1);
        if (enough < entries(number)) {
            index(number, enough);
        }
    }

    /** Shows all rows of a page in order; the visitor may change their words. */
    void scan(int number, Visitor visitor) {
        int[] page = pages[number];
        for (int at = HEAD; at < page[USED]; at += format.wordsAt(page, at)) {
            visitor.visit(page, at);
        }
    }

    void clear(int number) {
        if (pages[number] != EMPTY) {
            size -= pages[number][ROWS];
            ledger.release(Ledger.ints(pages[number].length));
            pages[number] = EMPTY;
            shapes[number] = EMPTY_SHAPE;
            faded[number] = 0;
        }
    }

    /** Counts the bytes again. */
    long recount() {
        long bytes = bytesOfDirectory(pages.length);
        for (int[] page : pages) {
            bytes += page == EMPTY ? 0 : Ledger.ints(page.length);
        }
        return bytes;
    }

    /** Sees a row at its place in a page. */
    @FunctionalInterface
    interface Visitor {
        void visit(int[] page, int at);
    }
}
