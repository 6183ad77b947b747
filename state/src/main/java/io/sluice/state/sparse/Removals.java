package io.sluice.state.sparse;

import java.util.function.LongConsumer;

/**
 * Keys of rows that went since they were last handed out. Bounded: when nobody asks for too long,
 * the keys are given up and only that they are lost is remembered.
 */
final class Removals {

    private static final int SHARE = 64;

    private final long[] keys;
    private int size;
    private boolean lost;

    Removals(MemoryBudget budget) {
        keys = new long[capacity(budget)];
    }

    private static int capacity(MemoryBudget budget) {
        return (int) Math.min(1 << 24, budget.bytes() / SHARE / Long.BYTES);
    }

    static long bytes(MemoryBudget budget) {
        return Ledger.longs(capacity(budget));
    }

    long bytes() {
        return Ledger.longs(keys.length);
    }

    void add(long key) {
        if (size == keys.length) {
            lose();
        }
        if (!lost) {
            keys[size++] = key;
        }
    }

    /** Gives up naming what went. */
    void lose() {
        size = 0;
        lost = true;
    }

    boolean areLost() {
        return lost;
    }

    void drain(LongConsumer out) {
        for (int i = 0; i < size; i++) {
            out.accept(keys[i]);
        }
        clear();
    }

    void clear() {
        size = 0;
        lost = false;
    }
}
