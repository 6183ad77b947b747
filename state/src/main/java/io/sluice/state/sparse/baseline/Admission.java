package io.sluice.state.sparse.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.LongPredicate;

/**
 * Which keys have a slot: those that were seen often enough, until they are used least. The sketch
 * that counts the others takes one part in {@value #SKETCH_SHARE} of the budget; there is none
 * where the first sight is enough. Not thread-safe.
 */
final class Admission {

    private static final int SKETCH_SHARE = 32;

    private final int after;
    private final KeyedSlots slots;
    private final CountMin seen; // null: the first sight is enough

    private Admission(int after, KeyedSlots slots, CountMin seen) {
        this.after = after;
        this.slots = slots;
        this.seen = seen;
    }

    /**
     * As many slots as fit.
     *
     * @param after how often a key must have been seen, this time counted
     * @param arrays that the table itself allocates
     * @param rowBytes bytes of them for each slot
     */
    static Admission fit(TableSettings settings, int after, int arrays, double rowBytes) {
        int cells = after > 1 ? (int) Math.min(1 << 30, sketch(settings)) : 0;
        long fixed = (arrays + 4L) * Bytes.ARRAY + cells;
        int capacity = settings.rows(fixed, rowBytes + KeyedSlots.SLOT_BYTES);
        long halfLife = settings.halfLife(capacity);
        return new Admission(
                after,
                new KeyedSlots(capacity, halfLife),
                after > 1 ? new CountMin(cells, halfLife) : null);
    }

    private static long sketch(TableSettings settings) {
        return settings.budget().bytes() / SKETCH_SHARE;
    }

    KeyedSlots slots() {
        return slots;
    }

    long bytes() {
        return slots.bytes() + (seen == null ? 0 : seen.bytes());
    }

    /** Counts a key without a slot, and gives it one when that was often enough; or -1. */
    int claim(long key, long random, LongPredicate mayNotGo, LongPredicate goesFirst) {
        if (key == 0) {
            throw new IllegalArgumentException("key 0 is reserved for 'no row'");
        }
        return seen == null || seen.add(key) >= after
                ? slots.add(key, random, mayNotGo, goesFirst)
                : -1;
    }

    void endExample(long number) {
        slots.endExample(number);
        if (seen != null) {
            seen.endExample(number);
        }
    }

    void clear() {
        slots.clear();
        if (seen != null) {
            seen.clear();
        }
    }

    void write(DataOutput out) throws IOException {
        slots.write(out);
        if (seen != null) {
            seen.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        slots.read(in);
        if (seen != null) {
            seen.read(in);
        }
    }
}
