package io.sluice.state.learner;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.memory.ErrorMemory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What was assumed of shown items whose label is not known yet, by 64-bit key that is not 0: 28
 * bytes a slot, O(1) expected. Not thread-safe.
 */
final class HeldAssumptions {

    private static final int WIDTH = 5;
    private static final int LEFT_OUT = 0x80;
    private static final int ONE = 1 << 23; // what stands for a probability of 1

    private final WaitingTable waiting = new WaitingTable(WIDTH);

    /**
     * What was assumed of one item.
     *
     * @param correction what becomes of it if it is a positive
     * @param predicted the probability of label 1 just before it was assumed, kept to 2⁻²³
     * @param isLeftOut whether sampling left it out, so that the model has not learnt it
     * @param time from which on it was assumed, epoch milliseconds
     * @param taken what memory gave back when it was written there
     */
    record Held(
            Correction correction, double predicted, boolean isLeftOut, long time, long taken) {}

    int size() {
        return waiting.size();
    }

    long bytes() {
        return waiting.bytes();
    }

    /** Holds it; replaces one under the same key. */
    void put(long key, Held held) {
        int at = waiting.add(key);
        int[] ints = waiting.ints();
        ints[at] =
                held.correction().code()
                        | (held.isLeftOut() ? LEFT_OUT : 0)
                        | (int) Math.round(held.predicted() * ONE) << Byte.SIZE;
        ints[at + 1] = (int) (held.time() >>> Integer.SIZE);
        ints[at + 2] = (int) held.time();
        ints[at + 3] = (int) (held.taken() >>> Integer.SIZE);
        ints[at + 4] = (int) held.taken();
    }

    /** Takes it out; null when nothing was assumed. */
    Held take(long key) {
        int at = waiting.find(key);
        if (at == WaitingTable.NONE) {
            return null;
        }
        int[] ints = waiting.ints();
        Held held = held(ints[at], joined(ints, at + 1), joined(ints, at + 3));
        waiting.remove(key);
        return held;
    }

    private static long joined(int[] ints, int at) {
        return (long) ints[at] << Integer.SIZE | (ints[at + 1] & 0xffff_ffffL);
    }

    private static Held held(int bits, long time, long taken) {
        Correction correction = Correction.ofCode(bits & (LEFT_OUT - 1));
        double predicted = (double) (bits >>> Byte.SIZE) / ONE;
        return correction == null || predicted > 1
                ? null
                : new Held(correction, predicted, (bits & LEFT_OUT) != 0, time, taken);
    }

    /**
     * Writes each group's entries in the order of their keys: int entries, then of each the key,
     * int correction with {@value #LEFT_OUT} added for what was left out and the predicted
     * probability in 2⁻²³ above the lowest byte, long time, long taken.
     */
    void write(int groups, DataOutput[] outs) throws IOException {
        waiting.write(groups, outs);
    }

    /**
     * Adds entries as written by {@link #write}.
     *
     * @param sameMemory whether they were written beside the memory that there is; another one has
     *     taken nothing of them
     */
    void read(boolean sameMemory, DataInput in) throws IOException {
        int entries = in.readInt();
        if (entries < 0) {
            throw new CorruptStateException(
                    "assumptions: found %d entries, expected 0 or more".formatted(entries));
        }
        for (int i = 0; i < entries; i++) {
            long key = in.readLong();
            int bits = in.readInt();
            long time = in.readLong();
            long taken = in.readLong();
            Held held = held(bits, time, sameMemory ? taken : ErrorMemory.NOTHING_TAKEN);
            if (key == 0 || held == null) {
                throw new CorruptStateException(
                        "assumptions: found correction %d under key %x, which is unknown to this build"
                                .formatted(bits, key));
            }
            put(key, held);
        }
    }
}
