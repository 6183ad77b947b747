package io.sluice.state.sparse;

import java.util.Arrays;

/**
 * The rows of the example under way, unpacked side by side, each once however often it was opened.
 *
 * <p>Scratch, used again for each example. Its size follows the longest example, not the model, so
 * it is not counted in the budget. Not thread-safe.
 */
final class OpenRows {

    private static final int SMALLEST = 16;

    private final RowFormat format;
    private final int stride;
    private int size;
    private long[] places = new long[SMALLEST]; // of each slot: shard and address
    private int[] widths = new int[SMALLEST];
    private float[] values;

    OpenRows(RowFormat format) {
        this.format = format;
        stride = format.unpackedLength();
        values = new float[SMALLEST * stride];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    float[] values() {
        return values;
    }

    int position(int slot) {
        return slot * stride;
    }

    int width(int slot) {
        return widths[slot];
    }

    int shard(int slot) {
        return (int) (places[slot] >>> 32);
    }

    int address(int slot) {
        return (int) places[slot];
    }

    /** The slot of a row, which is unpacked unless it stands there already. */
    int open(Shard shard, int address) {
        long place = place(shard, address);
        for (int slot = 0; slot < size; slot++) {
            if (places[slot] == place) {
                return slot;
            }
        }
        int slot = newSlot(place);
        widths[slot] =
                format.unpack(
                        shard.arena.page(address),
                        shard.arena.place(address),
                        values,
                        position(slot));
        return slot;
    }

    /** A slot for a row that is not packed yet. */
    int add(Shard shard, int address, int width) {
        int slot = newSlot(place(shard, address));
        widths[slot] = width;
        return slot;
    }

    private static long place(Shard shard, int address) {
        return ((long) shard.number << 32) | address;
    }

    private int newSlot(long place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            widths = Arrays.copyOf(widths, 2 * size);
            values = Arrays.copyOf(values, 2 * values.length);
        }
        places[size] = place;
        return size++;
    }
}
