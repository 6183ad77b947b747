package io.sluice.state.learner;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.KeyGroups;
import io.sluice.state.memory.MemoryReading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Predictions waiting for their outcome, by 64-bit key: open addressing with linear probing, at
 * most half full, removal by shifting back (Knuth, TAOCP 3, 6.4, algorithm R), so that no
 * tombstones gather however long it runs.
 *
 * <p>Of each prediction the model's own; where there is a memory, also the corrected one and what
 * each voice said: {@code 12 + 4 · (1 + voices)} bytes a slot, 12 without a memory. Shrinks when it
 * is less than an eighth full. O(1) expected. Key 0 is not allowed. Not thread-safe.
 */
final class HeldPredictions {

    private static final int SMALLEST = 64;

    private final int voices;
    private final int width;
    private long[] keys = new long[SMALLEST];
    private float[] predictions;
    private int size;

    /**
     * Holds nothing yet.
     *
     * @param voices of the memory; -1 without one
     */
    HeldPredictions(int voices) {
        this.voices = voices;
        width = 2 + voices;
        predictions = new float[SMALLEST * width];
    }

    int size() {
        return size;
    }

    long bytes() {
        return (Long.BYTES + Float.BYTES * (long) width) * keys.length;
    }

    /** Holds a prediction; replaces one under the same key. */
    void put(long key, MemoryReading reading) {
        int at = place(key) * width;
        predictions[at] = (float) reading.base();
        if (voices >= 0) {
            predictions[at + 1] = (float) reading.probability();
            for (int v = 0; v < voices; v++) {
                predictions[at + 2 + v] = reading.correction(v);
            }
        }
        growIfFull();
    }

    private int place(long key) {
        int at = slot(key);
        if (keys[at] == 0) {
            size++;
            keys[at] = key;
        }
        return at;
    }

    private void growIfFull() {
        if (2 * size > keys.length) {
            resize(keys.length * 2);
        }
    }

    /**
     * Takes a prediction out.
     *
     * @param out takes what was held
     * @return false when there is none
     */
    boolean take(long key, MemoryReading out) {
        int slot = slot(key);
        if (keys[slot] == 0) {
            return false;
        }
        int at = slot * width;
        out.restore(Math.max(0, voices), predictions[at]);
        if (voices >= 0) {
            for (int v = 0; v < voices; v++) {
                out.say(v, predictions[at + 2 + v], 0);
            }
            out.conclude(predictions[at + 1]);
        }
        closeGap(slot);
        size--;
        if (keys.length > SMALLEST && 8 * size < keys.length) {
            resize(keys.length / 2);
        }
        return true;
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
                System.arraycopy(predictions, at * width, predictions, gap * width, width);
                gap = at;
            }
        }
        keys[gap] = 0;
    }

    private void resize(int capacity) {
        long[] oldKeys = keys;
        float[] oldPredictions = predictions;
        keys = new long[capacity];
        predictions = new float[capacity * width];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                System.arraycopy(oldPredictions, i * width, predictions, at * width, width);
            }
        }
    }

    /**
     * Writes each group's entries in the order of their keys: int entries, then of each the key and
     * its floats.
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
                out.writeFloat(predictions[at + i]);
            }
        }
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
            growIfFull();
        }
    }

    /** Under another memory only the model's own prediction is what it was. */
    private void put(long key, float[] floats) {
        int at = place(key) * width;
        if (floats.length == width) {
            System.arraycopy(floats, 0, predictions, at, width);
            return;
        }
        Arrays.fill(predictions, at, at + width, 0);
        predictions[at] = floats[0];
        if (voices >= 0) {
            predictions[at + 1] = floats[0];
        }
    }

    private static boolean isProbability(float value) {
        return value >= 0 && value <= 1;
    }
}
