package io.sluice.state.store;

import java.util.Arrays;

/**
 * The key of a record, compared by its bytes taken as unsigned: the order of stores on disk.
 *
 * @param bytes of the key; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record RecordKey(byte[] bytes) implements Comparable<RecordKey> {

    @Override
    public int compareTo(RecordKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
