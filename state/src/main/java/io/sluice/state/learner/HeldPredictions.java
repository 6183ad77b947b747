package io.sluice.state.learner;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.memory.MemoryReading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Predictions waiting for their outcome, by 64-bit key that is not 0.
 *
 * <p>Of each prediction the model's own; where there is a memory, also the corrected one and what
 * each voice said: {@code 12 + 4 · (1 + voices)} bytes a slot, 12 without a memory. O(1) expected.
 * Not thread-safe.
 */
final class HeldPredictions {

    private final int voices;
    private final int width;
    private final WaitingTable waiting;

    /**
     * Holds nothing yet.
     *
     * @param voices of the memory; -1 without one
     */
    HeldPredictions(int voices) {
        this.voices = voices;
        width = 2 + voices;
        waiting = new WaitingTable(width);
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return waiting.bytes();
    }

    /** Holds a prediction; replaces one under the same key. */
    void put(long key, MemoryReading reading) {
        int at = waiting.add(key);
        set(at, (float) reading.base());
        if (voices >= 0) {
            set(at + 1, (float) reading.probability());
            for (int v = 0; v < voices; v++) {
                set(at + 2 + v, reading.correction(v));
            }
        }
    }

    private void set(int at, float value) {
        waiting.ints()[at] = Float.floatToRawIntBits(value);
    }

    private float get(int at) {
        return Float.intBitsToFloat(waiting.ints()[at]);
    }

    /**
     * Reads a prediction, which stays.
     *
     * @param out takes what is held
     * @return false when there is none
     */
    boolean peek(long key, MemoryReading out) {
        int at = waiting.find(key);
        if (at == WaitingTable.NONE) {
            return false;
        }
        out.restore(Math.max(0, voices), get(at));
        if (voices >= 0) {
            for (int v = 0; v < voices; v++) {
                out.say(v, get(at + 2 + v), 0);
            }
            out.conclude(get(at + 1));
        }
        return true;
    }

    /**
     * Takes a prediction out.
     *
     * @param out takes what was held
     * @return false when there is none
     */
    boolean take(long key, MemoryReading out) {
        boolean found = peek(key, out);
        if (found) {
            waiting.remove(key);
        }
        return found;
    }

    /**
     * Writes each group's entries in the order of their keys: int entries, then of each the key and
     * its floats.
     */
    void write(int groups, DataOutput[] outs) throws IOException {
        waiting.write(groups, outs);
    }

    /**
     * Adds entries as written by {@link #write}.
     *
     * @param theirs voices of the memory that they were written with; -1 without one
     */
    void read(int theirs, DataInput in) throws IOException {
        int entries = in.readInt();
        if (entries < 0) {
            throw new CorruptStateException(
                    "held predictions: found %d entries, expected 0 or more".formatted(entries));
        }
        float[] floats = new float[2 + theirs];
        for (int i = 0; i < entries; i++) {
            long key = in.readLong();
            for (int f = 0; f < floats.length; f++) {
                floats[f] = CorruptStateException.finite("a held prediction", in.readFloat());
            }
            boolean probable = isProbability(floats[0]) && (theirs < 0 || isProbability(floats[1]));
            if (key == 0 || !probable) {
                throw new CorruptStateException(
                        "held predictions: found %s under key %x, expected a probability"
                                .formatted(floats[0], key));
            }
            put(key, floats);
        }
    }

    /** Under another memory only the model's own prediction is what it was. */
    private void put(long key, float[] floats) {
        int at = waiting.add(key);
        for (int i = 0; i < width; i++) {
            boolean same = floats.length == width;
            set(at + i, same ? floats[i] : i < 2 ? floats[0] : 0);
        }
    }

    private static boolean isProbability(float value) {
        return value >= 0 && value <= 1;
    }
}
