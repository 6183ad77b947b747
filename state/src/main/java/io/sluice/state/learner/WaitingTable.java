package io.sluice.state.learner;

import io.sluice.state.kernel.KeyGroups;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What waits for an outcome, by 64-bit key: some ints each. Open addressing with linear probing, at
 * most half full, removal by shifting back (Knuth, TAOCP 3, 6.4, algorithm R), so that no
 * tombstones gather however long it runs.
 *
 * <p>{@code 8 + 4 · width} bytes a slot. Shrinks when it is less than an eighth full. O(1)
 * expected. Key 0 is not allowed. Not thread-safe.
 */
final class WaitingTable {

    static final int NONE = -1;

    private static final int SMALLEST = 16;

    /** Of an array in any JVM. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final int width;
    private long[] keys = new long[SMALLEST];
    private int[] ints;
    private int size;

    /**
     * Holds nothing yet.
     *
     * @param width ints of each entry
     */
    WaitingTable(int width) {
        this.width = width;
        ints = new int[SMALLEST * width];
    }

    int size() {
        return size;
    }

    long bytes() {
        return (Long.BYTES + Integer.BYTES * (long) width) * keys.length;
    }

    /**
     * Where the ints of entries stand; another array after each {@link #add} and {@link #remove}.
     */
    int[] ints() {
        return ints;
    }

    /** Where the ints of a key begin; {@link #NONE} when it does not wait. */
    int find(long key) {
        int slot = slot(key);
        return keys[slot] == 0 ? NONE : slot * width;
    }

    /**
     * Where the ints of a key begin, which waits from now on; what stood there stays.
     *
     * @throws IllegalStateException when an array would be too long, in which case nothing has
     *     changed
     */
    int add(long key) {
        int slot = slot(key);
        if (keys[slot] == 0) {
            if (2 * (size + 1) > keys.length) {
                resize(larger(keys.length, width));
                slot = slot(key);
            }
            size++;
            keys[slot] = key;
        }
        return slot * width;
    }

    /** Takes out a key that waits. */
    void remove(long key) {
        closeGap(slot(key));
        size--;
        if (keys.length > SMALLEST && 8 * size < keys.length) {
            resize(keys.length / 2);
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int at = (int) key & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void closeGap(int removed) {
        int mask = keys.length - 1;
        int gap = removed;
        for (int at = (gap + 1) & mask; keys[at] != 0; at = (at + 1) & mask) {
            int home = (int) keys[at] & mask;
            // Move back only what would otherwise not be found from its home any more.
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                keys[gap] = keys[at];
                System.arraycopy(ints, at * width, ints, gap * width, width);
                gap = at;
            }
        }
        keys[gap] = 0;
    }

    /** Twice as many slots. */
    static int larger(int slots, int width) {
        long more = 2L * slots;
        if (more > 1 << 30 || more * width > LONGEST) {
            throw new IllegalStateException(
                    "%d items wait for their labels, %d ints each, and one learner holds no more: shorten the windows of feedback.kinds (windowMs)"
                            .formatted(slots / 2, width));
        }
        return (int) more;
    }

    private void resize(int capacity) {
        long[] oldKeys = keys;
        int[] oldInts = ints;
        keys = new long[capacity];
        ints = new int[capacity * width];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                System.arraycopy(oldInts, i * width, ints, at * width, width);
            }
        }
    }

    /**
     * Writes each group's entries in the order of their keys: int entries, then of each the key and
     * its ints.
     */
    void write(int groups, DataOutput[] outs) throws IOException {
        long[] sorted = Arrays.stream(keys).filter(key -> key != 0).sorted().toArray();
        int[] counts = new int[groups];
        for (long key : sorted) {
            counts[KeyGroups.of(key, groups)]++;
        }
        for (int group = 0; group < groups; group++) {
            outs[group].writeInt(counts[group]);
        }
        for (long key : sorted) {
            DataOutput out = outs[KeyGroups.of(key, groups)];
            out.writeLong(key);
            int at = slot(key) * width;
            for (int i = 0; i < width; i++) {
                out.writeInt(ints[at + i]);
            }
        }
    }
}
