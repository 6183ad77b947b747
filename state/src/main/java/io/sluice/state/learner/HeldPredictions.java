package io.sluice.state.learner;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.KeyGroups;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Predictions waiting for their outcome, by 64-bit key: open addressing with linear probing, at
 * most half full, removal by shifting back (Knuth, TAOCP 3, 6.4, algorithm R), so that no
 * tombstones gather however long it runs.
 *
 * <p>12 bytes a slot; shrinks when it is less than an eighth full. O(1) expected. Key 0 is not
 * allowed. Not thread-safe.
 */
final class HeldPredictions {

    private static final int SMALLEST = 64;

    private long[] keys = new long[SMALLEST];
    private float[] predictions = new float[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    long bytes() {
        return (Long.BYTES + Float.BYTES) * (long) keys.length;
    }

    /** Holds a prediction; replaces one under the same key. */
    void put(long key, float prediction) {
        int at = slot(key);
        if (keys[at] == 0) {
            size++;
            keys[at] = key;
        }
        predictions[at] = prediction;
        if (2 * size > keys.length) {
            resize(keys.length * 2);
        }
    }

    /** Takes a prediction out; NaN when there is none. */
    float take(long key) {
        int at = slot(key);
        if (keys[at] == 0) {
            return Float.NaN;
        }
        float prediction = predictions[at];
        closeGap(at);
        size--;
        if (keys.length > SMALLEST && 8 * size < keys.length) {
            resize(keys.length / 2);
        }
        return prediction;
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
                predictions[gap] = predictions[at];
                gap = at;
            }
        }
        keys[gap] = 0;
    }

    private void resize(int capacity) {
        long[] oldKeys = keys;
        float[] oldPredictions = predictions;
        keys = new long[capacity];
        predictions = new float[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                predictions[at] = oldPredictions[i];
            }
        }
    }

    /** Writes each group's entries in the order of their keys: int entries, then key and float. */
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
            out.writeFloat(predictions[slot(key)]);
        }
    }

    /** Adds entries as written by {@link #write}. */
    void read(DataInput in) throws IOException {
        int entries = in.readInt();
        if (entries < 0) {
            throw new CorruptStateException(
                    "held predictions: found %d entries, expected 0 or more".formatted(entries));
        }
        for (int i = 0; i < entries; i++) {
            long key = in.readLong();
            float prediction = in.readFloat();
            if (key == 0 || !(prediction >= 0 && prediction <= 1)) {
                throw new CorruptStateException(
                        "held predictions: found %s under key %x, expected a probability"
                                .formatted(prediction, key));
            }
            put(key, prediction);
        }
    }
}
