package io.sluice.state.sparse.baseline;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * CAFE's sketch of hot ids: a hash table of buckets of {@value #BUCKET} slots, in each bucket the
 * rule of SpaceSaving (Metwally et al., ICDT 2005): who finds no slot replaces the smallest one and
 * takes over its score. Slots that have a row are not replaced.
 *
 * <p>A slot is 32 bits of the key's hash, a score and a row number. Not thread-safe.
 */
final class HotSketch {

    static final int BUCKET = 4;

    /** Bytes of a slot. */
    static final int SLOT_BYTES = Integer.BYTES + Float.BYTES + Integer.BYTES;

    /** No row. */
    static final int NONE = -1;

    private final int[] prints; // 0 = free
    private final float[] scores;
    private final int[] rows;

    HotSketch(int slots) {
        int length = (slots + BUCKET - 1) / BUCKET * BUCKET;
        prints = new int[length];
        scores = new float[length];
        rows = new int[length];
        clear();
    }

    long bytes() {
        return Bytes.of(prints) + Bytes.of(scores) + Bytes.of(rows);
    }

    int slots() {
        return prints.length;
    }

    float score(int slot) {
        return scores[slot];
    }

    int row(int slot) {
        return rows[slot];
    }

    void setRow(int slot, int row) {
        rows[slot] = row;
    }

    /** Slots that have a row. */
    int rows() {
        return (int) Arrays.stream(rows).filter(row -> row != NONE).count();
    }

    private int bucket(long key) {
        return BUCKET * Places.of(key, prints.length / BUCKET);
    }

    /** Other bits than those that choose the bucket. */
    private static int print(long key) {
        int print = (int) Hashing.mix(key);
        return print == 0 ? 1 : print;
    }

    /** The slot of a key, or -1. */
    int find(long key) {
        int print = print(key);
        int from = bucket(key);
        for (int slot = from; slot < from + BUCKET; slot++) {
            if (prints[slot] == print) {
                return slot;
            }
        }
        return -1;
    }

    /**
     * Adds to a key's score; gives it a slot if it has none.
     *
     * @return the slot; -1 when all slots of its bucket have rows
     */
    int add(long key, float score) {
        int slot = find(key);
        if (slot < 0) {
            slot = smallest(bucket(key));
            if (slot < 0) {
                return -1;
            }
            prints[slot] = print(key);
        }
        raise(slot, score);
        return slot;
    }

    /** Adds to a slot's score. */
    void raise(int slot, float score) {
        scores[slot] += score;
    }

    private int smallest(int from) {
        int least = -1;
        for (int slot = from; slot < from + BUCKET; slot++) {
            if (rows[slot] == NONE && (least < 0 || scores[slot] < scores[least])) {
                least = slot;
            }
        }
        return least;
    }

    void fade(float factor) {
        for (int slot = 0; slot < scores.length; slot++) {
            scores[slot] *= factor;
        }
    }

    void clear() {
        Arrays.fill(prints, 0);
        Arrays.fill(scores, 0);
        Arrays.fill(rows, NONE);
    }

    void write(DataOutput out) throws IOException {
        for (int slot = 0; slot < prints.length; slot++) {
            out.writeInt(prints[slot]);
            out.writeFloat(scores[slot]);
            out.writeInt(rows[slot]);
        }
    }

    /**
     * Replaces all slots by what {@link #write} wrote.
     *
     * @param places how many rows there are
     */
    void read(DataInput in, int places) throws IOException {
        for (int slot = 0; slot < prints.length; slot++) {
            prints[slot] = in.readInt();
            scores[slot] = CorruptStateException.finite("a score", in.readFloat());
            rows[slot] = in.readInt();
            if (rows[slot] < NONE || rows[slot] >= places) {
                throw new CorruptStateException(
                        "model state: found row %d in the sketch, expected below %d"
                                .formatted(rows[slot], places));
            }
        }
    }
}
