package io.sluice.state.sparse;

import java.util.Arrays;

/**
 * Finds the addresses of rows: open addressing with linear probing over one {@code int[]}, at most
 * {@value #FULLEST} % full with rows of ids.
 *
 * <p>An entry is an address and, in the bits that addresses leave, a part of the hash; keys stand
 * in the rows, which are looked at only when that part agrees. Any length will do, since a hash is
 * scaled to it by a multiplication (Lemire, "Fast Random Integer Generation in an Interval", TOMACS
 * 2019), so the index can be cut to the budget. Entries are never taken out: a sweep that moves
 * rows builds it again. Not thread-safe.
 */
final class KeyIndex {

    private static final int SMALLEST = 64;
    private static final int FULLEST = 80;
    private static final int BRIM = 95;

    private final RowDirectory directory;
    private final int shard;
    private final RowArena arena;
    private final Ledger ledger;
    private int[] entries; // see RowDirectory.entry; 0 = free
    private int size;

    KeyIndex(RowDirectory directory, int shard, RowArena arena, Ledger ledger) {
        this.directory = directory;
        this.shard = shard;
        this.arena = arena;
        this.ledger = ledger;
        ledger.reserve(Ledger.ints(SMALLEST));
        use(new int[SMALLEST]);
    }

    private void use(int[] array) {
        entries = array;
        directory.setIndex(shard, array);
    }

    /** A length at which so many rows leave seven tenths full. */
    static int lengthFor(long rows) {
        return (int) Math.max(SMALLEST, rows * 10 / 7 + 1);
    }

    int size() {
        return size;
    }

    int length() {
        return entries.length;
    }

    long bytes() {
        return Ledger.ints(entries.length);
    }

    static long hash(long key) {
        return key * 0x9e3779b97f4a7c15L;
    }

    /** Whether not even the last entries, which are kept for fallback rows, are free. */
    boolean isBrimful() {
        return (size + 1) * 100L > BRIM * (long) entries.length;
    }

    boolean isFull() {
        return (size + 1) * 100L > FULLEST * (long) entries.length;
    }

    /** Bytes that are counted while it grows to twice its length. */
    long growthBytes() {
        return Ledger.ints(2L * entries.length);
    }

    void grow() {
        resize(2 * entries.length);
    }

    /** Adds a key that is not there yet. */
    void add(long hash, int address) {
        int at = RowDirectory.home(hash, entries.length);
        while (entries[at] != 0) {
            at = at + 1 == entries.length ? 0 : at + 1;
        }
        entries[at] = directory.entry(hash, address);
        size++;
    }

    private void resize(int length) {
        ledger.reserve(Ledger.ints(length));
        long before = bytes();
        use(new int[length]);
        ledger.release(before);
        fill();
    }

    /** Builds the index of all rows of the arena again, at another length. */
    void rebuild(int length) {
        if (length == entries.length) {
            Arrays.fill(entries, 0);
        } else {
            // The old one is given back first: nothing of it is needed.
            ledger.release(bytes());
            use(new int[0]);
            ledger.reserve(Ledger.ints(length));
            use(new int[length]);
        }
        fill();
    }

    private void fill() {
        size = 0;
        arena.scan((page, at, address) -> add(hash(RowFormat.key(page, at)), address));
    }
}
