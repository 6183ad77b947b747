package io.sluice.state.sparse;

import java.util.Arrays;

/**
 * Finds the rows of one page by their keys: open addressing with linear probing over 16-bit entries
 * at the page's end, the last one first, at most four fifths full.
 *
 * <p>An entry is where a row begins and, in the bits that this leaves, a part of the key's hash;
 * keys stand in the rows, which are looked at only when that part agrees. Any number of entries
 * will do, since a hash is scaled to it by a multiplication (Lemire, "Fast Random Integer
 * Generation in an Interval", TOMACS 2019).
 *
 * <p>A page's shape says where its index stands: the last word of the page above 16 bits of how
 * many entries there are.
 */
final class PageIndex {

    /** Entries come in so many at a time. */
    private static final int STEP = 16;

    /** Most entries that a shape can tell. */
    static final int MOST_ENTRIES = 0xffff;

    private final int addressMask;

    /**
     * The index of pages of one length.
     *
     * @param words of the longest page, at most 2¹⁶
     */
    PageIndex(int words) {
        addressMask = (Integer.highestOneBit(words - 1) << 1) - 1;
    }

    /** Entries for so many rows. */
    static int entriesFor(int rows) {
        return (rows * 5 / 4 + STEP) / STEP * STEP;
    }

    /** Words of so many entries. */
    static int words(int entries) {
        return entries / 2;
    }

    /** The shape of a page of so many words, with so many entries. */
    static int shape(int words, int entries) {
        return (words - 1) << 16 | entries;
    }

    static int entries(int shape) {
        return shape & MOST_ENTRIES;
    }

    private static int last(int shape) {
        return shape >>> 16;
    }

    /** Where the row of a key begins, or −1. */
    int find(int[] page, int shape, long key, long hash) {
        int entries = entries(shape);
        int last = last(shape);
        int part = part(hash);
        int at = home(hash, entries);
        while (true) {
            int entry = entry(page, last, at);
            if (entry == 0) {
                return -1;
            }
            int row = entry & addressMask;
            if (entry == (part | row)
                    && page[row] == (int) key
                    && page[row + 1] == (int) (key >>> 32)) {
                return row;
            }
            at = at + 1 == entries ? 0 : at + 1;
        }
    }

    private static int entry(int[] page, int last, int at) {
        return (page[last - (at >> 1)] >>> ((at & 1) << 4)) & 0xffff;
    }

    private int part(long hash) {
        return (int) (hash >>> 4) & 0xffff & ~addressMask;
    }

    private static int home(long hash, int entries) {
        return (int) (((hash & 0xffffffffL) * entries) >>> 32);
    }

    /** Adds a row that is not there yet; there is a free entry. */
    void add(int[] page, int shape, long hash, int row) {
        int entries = entries(shape);
        int last = last(shape);
        int at = home(hash, entries);
        while (entry(page, last, at) != 0) {
            at = at + 1 == entries ? 0 : at + 1;
        }
        page[last - (at >> 1)] |= (part(hash) | row) << ((at & 1) << 4);
    }

    /** Takes out the entry of a row, whose words and those of all others stand where they stood. */
    void remove(int[] page, int shape, long hash, int row) {
        int entries = entries(shape);
        int last = last(shape);
        int gap = home(hash, entries);
        while ((entry(page, last, gap) & addressMask) != row) {
            gap = gap + 1 == entries ? 0 : gap + 1;
        }
        int at = gap;
        while (true) {
            at = at + 1 == entries ? 0 : at + 1;
            int entry = entry(page, last, at);
            if (entry == 0) {
                set(page, last, gap, 0);
                return;
            }
            // An entry may move back into the gap unless its home lies behind the gap.
            long key = RowFormat.key(page, entry & addressMask);
            int home = home(RowPages.hash(key), entries);
            if (distance(home, at, entries) >= distance(gap, at, entries)) {
                set(page, last, gap, entry);
                gap = at;
            }
        }
    }

    private static int distance(int from, int to, int entries) {
        return to >= from ? to - from : to - from + entries;
    }

    private static void set(int[] page, int last, int at, int entry) {
        int shift = (at & 1) << 4;
        int word = last - (at >> 1);
        page[word] = (page[word] & ~(0xffff << shift)) | (entry << shift);
    }

    /** Says that all rows behind a word have moved by so many words to the front. */
    void move(int[] page, int shape, int from, int words) {
        int last = last(shape);
        for (int word = last - words(entries(shape)) + 1; word <= last; word++) {
            int pair = page[word];
            // −1 where the row stands behind, else 0; without a branch, so as vector instructions.
            int low = (from - (pair & addressMask)) >> 31;
            int high = (from - ((pair >>> 16) & addressMask)) >> 31;
            page[word] = pair - (low & words) - ((high & words) << 16);
        }
    }

    /** Builds the index of all rows of a page again; the words for it are free. */
    void build(int[] page, int shape, RowFormat format) {
        Arrays.fill(page, page[RowPages.USED], page.length, 0);
        for (int row = RowPages.HEAD; row < page[RowPages.USED]; row += format.wordsAt(page, row)) {
            add(page, shape, RowPages.hash(RowFormat.key(page, row)), row);
        }
    }
}
