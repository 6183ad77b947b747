package io.sluice.state.feature;

import io.sluice.state.kernel.ReadAhead;
import java.util.Arrays;

/**
 * The declared features of an item, whatever the request and without a position, and which of them
 * came from which feature: what is the same for all requests, so that items that are known are
 * encoded once.
 *
 * <p>Packed into one array, since a request reads that of each candidate and waits for each line of
 * memory: where each feature ends, two ends a word; then two words for each key, and two for each
 * raw number.
 *
 * <p>Valid until its scratch is used again, for good once it is {@link #copy copied}.
 */
public final class EncodedItem {

    private static final int ENDS = 2;
    private static final int ENTRY = 2;
    private static final int LINE = 8;

    private long[] words = {};
    private int firstKey;
    private int firstNumber;
    private int size;
    private long schema;
    private String item = "";

    private EncodedItem() {}

    /** What items are encoded with, one after the other. */
    public static final class Scratch {

        private final FeatureVector vector = new FeatureVector();
        private int[] ends = {};
        private final EncodedItem item = new EncodedItem();

        /** Begins an item of so many declared features; returns what takes keys and numbers. */
        FeatureVector begin(int features) {
            if (ends.length != features) {
                ends = new int[features];
            }
            vector.clear();
            return vector;
        }

        /** Ends a feature: what was added since the end of the one before is its own. */
        void end(int feature) {
            ends[feature] = vector.size();
        }

        /**
         * The item, when all features have ended.
         *
         * @param fingerprint of the schema
         */
        EncodedItem pack(long fingerprint, String id) {
            item.set(fingerprint, id, vector, ends);
            return item;
        }
    }

    /** Whether it is what the features of this schema make of this item. */
    boolean is(long wanted, String id) {
        return schema == wanted && item.equals(id);
    }

    private void set(long fingerprint, String id, FeatureVector vector, int[] ends) {
        schema = fingerprint;
        item = id;
        firstKey = (ends.length + ENDS - 1) / ENDS;
        firstNumber = firstKey + ENTRY * vector.size();
        size = firstNumber + ENTRY * vector.numbers();
        if (words.length < size) {
            words = new long[size];
        }
        for (int i = 0; i < ends.length; i += ENDS) {
            words[i / ENDS] = packed(i + 1 < ends.length ? ends[i + 1] : 0, ends[i]);
        }
        int at = firstKey;
        for (int i = 0; i < vector.size(); i++) {
            words[at++] = vector.key(i);
            words[at++] = packed(vector.field(i), Float.floatToRawIntBits(vector.value(i)));
        }
        for (int i = 0; i < vector.numbers(); i++) {
            words[at++] = vector.numberAt(i);
            words[at++] = packed(vector.numberIndex(i), Float.floatToRawIntBits(vector.number(i)));
        }
    }

    private static long packed(int upper, int lower) {
        return (long) upper << Integer.SIZE | (lower & 0xffffffffL);
    }

    private static int upper(long word) {
        return (int) (word >>> Integer.SIZE);
    }

    private static float lower(long word) {
        return Float.intBitsToFloat((int) word);
    }

    /** Reads a word of each line of memory. */
    void readAhead(ReadAhead ahead) {
        for (int i = 0; i < size; i += LINE) {
            ahead.take(words[i]);
        }
    }

    /** Appends all keys and raw numbers, in the order of the schema. */
    void appendTo(FeatureVector out) {
        int number = firstNumber;
        for (int at = firstKey; at < firstNumber; at += ENTRY) {
            number = appendNumbers(number, (at - firstKey) / ENTRY, out);
            out.add(words[at], lower(words[at + 1]), upper(words[at + 1]));
        }
        int unused = appendNumbers(number, (firstNumber - firstKey) / ENTRY, out);
    }

    /** Appends the numbers that stand in front of a key; says which is next. */
    private int appendNumbers(int from, int key, FeatureVector out) {
        int number = from;
        while (number < size && words[number] == key) {
            out.addNumber(upper(words[number + 1]), lower(words[number + 1]));
            number += ENTRY;
        }
        return number;
    }

    /** Replaces {@code out} by the keys that came from one declared feature, by its place. */
    public void keys(int feature, FeatureVector out) {
        out.clear();
        int end = firstKey + ENTRY * end(feature);
        int begin = firstKey + (feature == 0 ? 0 : ENTRY * end(feature - 1));
        for (int at = begin; at < end; at += ENTRY) {
            out.add(words[at], lower(words[at + 1]));
        }
    }

    private int end(int feature) {
        long both = words[feature / ENDS];
        return feature % ENDS == 0 ? (int) both : upper(both);
    }

    /** The same, for good. */
    EncodedItem copy() {
        EncodedItem copy = new EncodedItem();
        copy.words = Arrays.copyOf(words, size);
        copy.firstKey = firstKey;
        copy.firstNumber = firstNumber;
        copy.size = size;
        copy.schema = schema;
        copy.item = item;
        return copy;
    }
}
