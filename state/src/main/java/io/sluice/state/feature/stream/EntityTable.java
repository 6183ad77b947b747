package io.sluice.state.feature.stream;

import io.sluice.state.kernel.SlotIndex;
import java.util.Arrays;

/**
 * All records of one scope, packed side by side on the heap.
 *
 * <p>Expired records leave bit by bit: each new entity looks at two others, in turn, and removes
 * those that are past their life. So the table stays within about twice the entities that are
 * alive, whatever comes. O(words) an update. Grows by doubling up to 2³¹ words and refuses beyond.
 * Not thread-safe.
 */
public final class EntityTable {

    private static final int SMALLEST = 16;
    private static final int LOOKED_AT = 2;

    private final EntityScope scope;
    private final int words;
    private final SlotIndex index = new SlotIndex();
    private long[] keys = new long[SMALLEST];
    private long[] arena;
    private int hand;

    /** An empty table. */
    public EntityTable(EntityScope scope) {
        this.scope = scope;
        words = scope.words();
        arena = new long[SMALLEST * words];
    }

    /** Entities held. */
    public int size() {
        return index.size();
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        return index.bytes() + Long.BYTES * ((long) keys.length + arena.length);
    }

    /** Copies a record; false when there is none. */
    public boolean copy(long key, long[] into) {
        int slot = index.find(key);
        if (slot == SlotIndex.ABSENT) {
            return false;
        }
        System.arraycopy(arena, slot * words, into, 0, words);
        return true;
    }

    /** Takes an update in. */
    public void apply(ScopeUpdate update) {
        int slot = index.find(update.key());
        if (slot == SlotIndex.ABSENT) {
            sweep(update.time());
            slot = add(update.key());
            Arrays.fill(arena, slot * words, (slot + 1) * words, 0);
        }
        scope.apply(update, arena, slot * words);
    }

    /** Sets a record. */
    public void put(long key, long[] from) {
        int found = index.find(key);
        int slot = found == SlotIndex.ABSENT ? add(key) : found;
        System.arraycopy(from, 0, arena, slot * words, words);
    }

    /** Makes room for a record; its words are those of a removed one. */
    private int add(long key) {
        int slot = index.size();
        if (slot == keys.length) {
            grow();
        }
        index.put(key, slot);
        keys[slot] = key;
        return slot;
    }

    /** Removes a record, if there is one. */
    public void remove(long key) {
        int slot = index.remove(key);
        if (slot == SlotIndex.ABSENT) {
            return;
        }
        int last = index.size();
        if (slot != last) {
            index.put(keys[last], slot);
            keys[slot] = keys[last];
            System.arraycopy(arena, last * words, arena, slot * words, words);
        }
    }

    private void sweep(long now) {
        for (int i = 0; i < LOOKED_AT && size() > 0; i++) {
            hand = hand >= size() - 1 ? 0 : hand + 1;
            long last = arena[hand * words];
            if (last == 0 || now - (last - 1) > scope.lifeMs()) {
                remove(keys[hand]);
            }
        }
    }

    /** Hands out all records by rising key. */
    public void forEach(Visitor visitor) {
        long[] sorted = Arrays.copyOf(keys, size());
        Arrays.sort(sorted);
        long[] each = new long[words];
        for (long key : sorted) {
            copy(key, each);
            visitor.record(key, each);
        }
    }

    private void grow() {
        long entities = keys.length * 2L;
        if (entities * words > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "scope %s holds %d entities of %d words and cannot grow: an array ends at 2^31 values"
                            .formatted(scope, size(), words));
        }
        keys = Arrays.copyOf(keys, (int) entities);
        arena = Arrays.copyOf(arena, (int) entities * words);
    }

    /** Takes a record, which must not be kept. */
    @FunctionalInterface
    public interface Visitor {
        /** One record. */
        void record(long key, long[] record);
    }
}
