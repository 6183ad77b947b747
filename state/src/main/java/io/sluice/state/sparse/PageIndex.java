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
 */
final class PageIndex {

    /** Entries come in so many at a time. */
    private static final int STEP = 16;

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

    /** Where the row of a key begins, or −1. */
    int find(int[] page, long key, long hash) {
        int entries = page[RowPages.ENTRIES];
        int part = part(hash);
        int at = home(hash, entries);
        while (true) {
            int entry = entry(page, at);
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

    private static int entry(int[] page, int at) {
        return (page[page.length - 1 - (at >> 1)] >>> ((at & 1) << 4)) & 0xffff;
    }

    private int part(long hash) {
        return (int) (hash >>> 4) & 0xffff & ~addressMask;
    }

    private static int home(long hash, int entries) {
        return (int) (((hash & 0xffffffffL) * entries) >>> 32);
    }

    /** Adds a row that is not there yet; there is a free entry. */
    void add(int[] page, long hash, int row) {
        int entries = page[RowPages.ENTRIES];
        int at = home(hash, entries);
        while (entry(page, at) != 0) {
            at = at + 1 == entries ? 0 : at + 1;
        }
        page[page.length - 1 - (at >> 1)] |= (part(hash) | row) << ((at & 1) << 4);
    }

    /** Builds the index of all rows of a page again; the words for it are free. */
    void build(int[] page, int entries, RowFormat format) {
        Arrays.fill(page, page[RowPages.USED], page.length, 0);
        page[RowPages.ENTRIES] = entries;
        for (int row = RowPages.HEAD; row < page[RowPages.USED]; row += format.wordsAt(page, row)) {
            add(page, RowPages.hash(RowFormat.key(page, row)), row);
        }
    }
}
