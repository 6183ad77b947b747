package io.sluice.state.sparse;

import java.util.function.IntConsumer;

/**
 * Rows of float32 weights found by 64-bit keys, stored side by side in one arena.
 *
 * <p>A row is named by its <i>slot</i>, which stays valid until the next {@link #findOrCreate} or
 * {@link #clear}. Row {@code s} occupies {@code arena()[s * stride() .. (s + 1) * stride())}. The
 * arena may be replaced when a row is created, so it is fetched after the last creation and before
 * the loop that uses it.
 *
 * <p>The table remembers which rows changed since they were last drained; that set feeds
 * publishing. Not thread-safe. Key 0 is reserved: it never has a row.
 */
public interface EmbeddingTable {

    /** The slot of a key without a row. */
    int ABSENT = -1;

    /** Floats per row. */
    int stride();

    /** Rows held. */
    int size();

    /** Bytes held: keys, index, rows and bookkeeping, as allocated. */
    long bytes();

    /** The slot of a key, or {@link #ABSENT}. Changes nothing. */
    int find(long key);

    /** The slot of a key; a key without a row gets one, with its initial values. */
    int findOrCreate(long key);

    /** The key of a slot. */
    long key(int slot);

    /** The arena that holds all rows now. */
    float[] arena();

    /** Says that a row's values changed. */
    void markChanged(int slot);

    /** Hands out the slots changed since the last call, in the order of their first change. */
    void drainChanged(IntConsumer slots);

    /** Removes all rows and forgets what changed. */
    void clear();
}
