package io.sluice.state.sparse;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A bit for each embedding value of each row: whether it is active. Not thread-safe. */
final class RowMasks {

    private static final int SMALLEST = 64;

    private final int dimensions;
    private final int words; // of one row
    private long[] bits = new long[0];

    RowMasks(int dimensions) {
        this.dimensions = dimensions;
        words = (dimensions + Long.SIZE - 1) / Long.SIZE;
    }

    /** Rows that there is room for. */
    int capacity() {
        return bits.length / words;
    }

    /** Makes room for so many rows; says whether the capacity changed. */
    boolean makeRoom(int rows) {
        if (rows <= capacity()) {
            return false;
        }
        bits = Arrays.copyOf(bits, Math.max(SMALLEST, 2 * rows) * words);
        return true;
    }

    boolean isActive(int slot, int d) {
        return (bits[slot * words + (d >> 6)] & (1L << d)) != 0;
    }

    void set(int slot, int d, boolean active) {
        int word = slot * words + (d >> 6);
        bits[word] = active ? bits[word] | (1L << d) : bits[word] & ~(1L << d);
    }

    /** Active values of a row. */
    int count(int slot) {
        int count = 0;
        for (int word = slot * words; word < (slot + 1) * words; word++) {
            count += Long.bitCount(bits[word]);
        }
        return count;
    }

    long bytes() {
        return Long.BYTES * (long) bits.length;
    }

    void write(int slot, DataOutput out) throws IOException {
        for (int word = slot * words; word < (slot + 1) * words; word++) {
            out.writeLong(bits[word]);
        }
    }

    /** Reads a row's mask; says whether it marks nothing beyond the row's values. */
    boolean read(int slot, DataInput in) throws IOException {
        for (int word = slot * words; word < (slot + 1) * words; word++) {
            bits[word] = in.readLong();
        }
        for (int d = dimensions; d < words * Long.SIZE; d++) {
            if (isActive(slot, d)) {
                return false;
            }
        }
        return true;
    }
}
