package io.sluice.state.learner;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.model.Taken;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What was assumed of shown items whose label is not known yet, by 64-bit key that is not 0: 28
 * bytes a slot and 2 for each dimension, rounded up to 4; O(dimensions) expected. Not thread-safe.
 */
final class HeldAssumptions {

    private static final int SUMS = 5; // where they begin
    private static final int LEFT_OUT = 0x80;
    private static final int ONE = 1 << 23; // what stands for a probability of 1

    private final int dimensions;
    private final WaitingTable waiting;

    /**
     * Holds nothing yet.
     *
     * @param dimensions of the model's representation
     */
    HeldAssumptions(int dimensions) {
        this.dimensions = dimensions;
        waiting = new WaitingTable(SUMS + (dimensions + 1) / 2);
    }

    /**
     * What was assumed of one item.
     *
     * @param correction what becomes of it if it is a positive
     * @param learnt what the model learnt of it: the probability of label 1 just before, kept to
     *     2⁻²³, and the sums, kept to 8 bits each
     * @param isLeftOut whether sampling left it out, so that the model has not learnt it
     * @param time from which on it was assumed, epoch milliseconds
     * @param taken what memory gave back when it was written there
     */
    record Held(Correction correction, Taken learnt, boolean isLeftOut, long time, long taken) {}

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
                        | (int) Math.round(held.learnt().gradient() * ONE) << Byte.SIZE;
        ints[at + 1] = (int) (held.time() >>> Integer.SIZE);
        ints[at + 2] = (int) held.time();
        ints[at + 3] = (int) (held.taken() >>> Integer.SIZE);
        ints[at + 4] = (int) held.taken();
        pack(held.learnt().sums(), ints, at + SUMS);
    }

    /** Two in each int, the first one in its lower half; all 0 for none. */
    private void pack(float[] sums, int[] ints, int at) {
        for (int d = 0; d < dimensions; d += 2) {
            int first = sums == null ? 0 : half(sums[d]);
            int second = sums == null || d + 1 == dimensions ? 0 : half(sums[d + 1]);
            ints[at + d / 2] = first | second << Short.SIZE;
        }
    }

    /** The upper half of a float, to the nearest. */
    private static int half(float value) {
        return (Float.floatToIntBits(value) + 0x8000) >>> Short.SIZE;
    }

    /** Null when there are none. */
    private float[] sums(int[] ints, int at) {
        float[] sums = new float[dimensions];
        boolean isEmpty = true;
        for (int d = 0; d < dimensions; d++) {
            int both = ints[at + d / 2];
            int bits = (d & 1) == 0 ? both << Short.SIZE : both & 0xffff_0000;
            sums[d] = Float.intBitsToFloat(bits);
            isEmpty &= bits == 0;
        }
        return isEmpty ? null : sums;
    }

    /** Takes it out; null when nothing was assumed. */
    Held take(long key) {
        int at = waiting.find(key);
        if (at == WaitingTable.NONE) {
            return null;
        }
        int[] ints = waiting.ints();
        Held held =
                held(ints[at], joined(ints, at + 1), joined(ints, at + 3), sums(ints, at + SUMS));
        waiting.remove(key);
        return held;
    }

    private static long joined(int[] ints, int at) {
        return (long) ints[at] << Integer.SIZE | (ints[at + 1] & 0xffff_ffffL);
    }

    private static Held held(int bits, long time, long taken, float[] sums) {
        Correction correction = Correction.ofCode(bits & (LEFT_OUT - 1));
        double predicted = (double) (bits >>> Byte.SIZE) / ONE;
        return correction == null || predicted > 1
                ? null
                : new Held(
                        correction,
                        new Taken(predicted, sums),
                        (bits & LEFT_OUT) != 0,
                        time,
                        taken);
    }

    /**
     * Writes each group's entries in the order of their keys: int entries, then of each the key,
     * int correction with {@value #LEFT_OUT} added for what was left out and the predicted
     * probability in 2⁻²³ above the lowest byte, long time, long taken, and two sums in each int
     * more, bfloat16, the first one in its lower half.
     */
    void write(int groups, DataOutput[] outs) throws IOException {
        waiting.write(groups, outs);
    }

    /**
     * Adds entries as written by {@link #write}.
     *
     * @param sameMemory whether they were written beside the memory that there is; another one has
     *     taken nothing of them
     * @param hasSums whether they were written with sums
     */
    void read(boolean sameMemory, boolean hasSums, DataInput in) throws IOException {
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
            float[] sums = hasSums ? readSums(in) : null;
            Held held = held(bits, time, sameMemory ? taken : ErrorMemory.NOTHING_TAKEN, sums);
            if (key == 0 || held == null) {
                throw new CorruptStateException(
                        "assumptions: found correction %d under key %x, which is unknown to this build"
                                .formatted(bits, key));
            }
            put(key, held);
        }
    }

    private float[] readSums(DataInput in) throws IOException {
        int[] ints = new int[(dimensions + 1) / 2];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = in.readInt();
        }
        float[] sums = sums(ints, 0);
        for (int d = 0; sums != null && d < dimensions; d++) {
            CorruptStateException.finite("a sum of an assumption", sums[d]);
        }
        return sums;
    }
}
