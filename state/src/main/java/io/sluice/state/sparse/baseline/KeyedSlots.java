package io.sluice.state.sparse.baseline;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Places for so many keys, and who has to leave when they are all taken: the one that is used least
 * of sixteen drawn at random, by a count that fades (least frequently used with ageing, as in
 * Einziger et al., "TinyLFU", TOS 2017; drawn as Redis draws).
 *
 * <p>Open addressing with linear probing over {@code index}, seven tenths full at most; an entry
 * that goes is closed up by moving back what was probed past it (Knuth, TAOCP 3, 6.4 R). Counts are
 * 16 bits in sixteenths of a touch, and fade every eighth of a half-life. Not thread-safe.
 */
final class KeyedSlots {

    /** Bytes of a slot: key, count, and its part of the index. */
    static final double SLOT_BYTES = Long.BYTES + Character.BYTES + Integer.BYTES * 10 / 7.0;

    private static final int UNIT = 16;
    private static final int DRAWS = 16;
    private static final int STEPS = 8;
    private static final double FADE = Math.pow(0.5, 1.0 / STEPS);

    private final long[] keys;
    private final char[] counts;
    private final int[] index; // slot + 1, 0 = free
    private final long step;
    private int size;

    KeyedSlots(int capacity, long halfLife) {
        keys = new long[capacity];
        counts = new char[capacity];
        index = new int[(int) (capacity * 10L / 7)];
        step = Math.max(1, halfLife / STEPS);
    }

    long bytes() {
        return Bytes.of(keys) + Bytes.of(counts) + Bytes.of(index);
    }

    int size() {
        return size;
    }

    int capacity() {
        return keys.length;
    }

    long key(int slot) {
        return keys[slot];
    }

    int count(int slot) {
        return counts[slot];
    }

    /** The slot of a key, or -1. */
    int find(long key) {
        for (int at = Places.of(key, index.length); ; at = next(at)) {
            int slot = index[at] - 1;
            if (slot < 0 || keys[slot] == key) {
                return slot;
            }
        }
    }

    private int next(int at) {
        return at + 1 == index.length ? 0 : at + 1;
    }

    /**
     * A slot for a new key; the least used of some others gives way when there is none left.
     *
     * @param random decides which others
     * @param mayNotGo slots that must stay
     * @param goesFirst slots that go before all others, whatever their counts
     * @return the slot; -1 when all that were drawn must stay
     */
    int add(long key, long random, LongPredicate mayNotGo, LongPredicate goesFirst) {
        int slot = size < keys.length ? size++ : victim(random, mayNotGo, goesFirst);
        if (slot < 0) {
            return slot;
        }
        if (keys[slot] != 0) {
            unlink(keys[slot]);
        }
        keys[slot] = key;
        counts[slot] = 0;
        int at = Places.of(key, index.length);
        while (index[at] != 0) {
            at = next(at);
        }
        index[at] = slot + 1;
        return slot;
    }

    private int victim(long random, LongPredicate mayNotGo, LongPredicate goesFirst) {
        int least = -1;
        int leastCount = Integer.MAX_VALUE;
        for (int draw = 0; draw < DRAWS; draw++) {
            int slot = Places.of(Hashing.number(random, draw), keys.length);
            if (mayNotGo.test(slot)) {
                continue;
            }
            int count = goesFirst.test(slot) ? -1 : counts[slot];
            if (count < leastCount) {
                least = slot;
                leastCount = count;
            }
        }
        return least;
    }

    private void unlink(long key) {
        int hole = Places.of(key, index.length);
        while (keys[index[hole] - 1] != key) {
            hole = next(hole);
        }
        for (int at = next(hole); index[at] != 0; at = next(at)) {
            int home = Places.of(keys[index[at] - 1], index.length);
            // Whether the hole lies on the way from the entry's home to where it stands.
            boolean passed = hole <= at ? home <= hole || home > at : home <= hole && home > at;
            if (passed) {
                index[hole] = index[at];
                hole = at;
            }
        }
        index[hole] = 0;
    }

    void touch(int slot) {
        counts[slot] = (char) Math.min(Character.MAX_VALUE, counts[slot] + UNIT);
    }

    /** Lets counts fade when it is time. */
    void endExample(long number) {
        if (number % step == 0) {
            for (int slot = 0; slot < size; slot++) {
                counts[slot] = (char) (counts[slot] * FADE);
            }
        }
    }

    void clear() {
        Arrays.fill(keys, 0);
        Arrays.fill(counts, (char) 0);
        Arrays.fill(index, 0);
        size = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int slot = 0; slot < size; slot++) {
            out.writeLong(keys[slot]);
            out.writeChar(counts[slot]);
        }
        // As it stands: where keys with equal homes lie depends on who came first.
        for (int entry : index) {
            out.writeInt(entry);
        }
    }

    void read(DataInput in) throws IOException {
        clear();
        size = in.readInt();
        if (size < 0 || size > keys.length) {
            throw new CorruptStateException(
                    "model state: found %d rows, expected up to %d".formatted(size, keys.length));
        }
        for (int slot = 0; slot < size; slot++) {
            keys[slot] = in.readLong();
            counts[slot] = in.readChar();
        }
        for (int at = 0; at < index.length; at++) {
            index[at] = in.readInt();
            if (index[at] < 0 || index[at] > size) {
                throw new CorruptStateException(
                        "model state: found a row %d in the index, expected up to %d"
                                .formatted(index[at], size));
            }
        }
        checkIndex();
    }

    private void checkIndex() throws CorruptStateException {
        long entries = Arrays.stream(index).filter(entry -> entry != 0).count();
        if (entries != size) {
            throw new CorruptStateException(
                    "model state: found %d entries of the index, expected %d"
                            .formatted(entries, size));
        }
    }
}
