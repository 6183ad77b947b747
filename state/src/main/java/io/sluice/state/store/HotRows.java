package io.sluice.state.store;

import io.sluice.state.check.Checks;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.kernel.SlotIndex;
import java.util.concurrent.atomic.LongAdder;

/**
 * The rows asked for lately, in memory, in front of a slower store.
 *
 * <p>Bounded by a number of rows and evicted by second chance (CLOCK; Corbató, 1968): a row that
 * was read since the hand last passed stays for another round. Rows are spread over segments by
 * their key, each with a lock of its own that is held for the copy of one row. Memory grows with
 * use: about {@code 4·width + 40} bytes a row. Rows that do not exist are not remembered; the store
 * behind answers those from its filter.
 *
 * <p>Thread-safe.
 */
public final class HotRows {

    private static final int SEGMENTS = 64;

    private final Segment[] segments = new Segment[SEGMENTS];
    private final int width;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * An empty cache.
     *
     * @param width floats per row
     * @param capacity most rows held, rounded up to one for each of 64 segments; 0 for none at all
     */
    public HotRows(int width, int capacity) {
        Checks.notNegative("serve.hotRows", capacity);
        this.width = width;
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment(width, (capacity + SEGMENTS - 1) / SEGMENTS);
        }
    }

    /** Floats per row. */
    public int width() {
        return width;
    }

    /** Copies a row if it is here. */
    public boolean copy(long key, float[] row) {
        boolean hit = segment(key).copy(key, row);
        if (hit) {
            hits.increment();
        }
        return hit;
    }

    /** Takes a row that was missed and just read; may evict another one. */
    public void put(long key, float[] row) {
        misses.increment();
        segment(key).put(key, row, true);
    }

    /** Takes a row's new value if the row is here, or if there is room without evicting. */
    public void refresh(long key, float[] row) {
        segment(key).put(key, row, false);
    }

    /** Forgets a row. */
    public void remove(long key) {
        segment(key).remove(key);
    }

    /** Rows held. */
    public int size() {
        int size = 0;
        for (Segment segment : segments) {
            size += segment.size();
        }
        return size;
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    /** Share of look-ups of existing rows that found them here, in [0, 1]; NaN before the first. */
    public double hitRate() {
        double hit = hits.sum();
        return hit / (hit + misses.sum());
    }

    private Segment segment(long key) {
        // Mixed: the index inside a segment uses the key's low bits.
        return segments[(int) (Hashing.mix(key) >>> 58)];
    }

    /** One part, guarded by itself. A row's tag is 1 when it was read since the hand passed. */
    private static final class Segment {

        private final RowTable table;
        private final int capacity;
        private int hand;

        Segment(int width, int capacity) {
            table = new RowTable(width);
            this.capacity = capacity;
        }

        synchronized boolean copy(long key, float[] row) {
            int slot = table.find(key);
            if (slot == SlotIndex.ABSENT) {
                return false;
            }
            table.copy(slot, row);
            table.tag(slot, 1);
            return true;
        }

        synchronized void put(long key, float[] row, boolean mayEvict) {
            int slot = table.find(key);
            if (slot != SlotIndex.ABSENT) {
                table.overwrite(slot, row);
            } else if (table.size() < capacity) {
                table.add(key, row);
            } else if (mayEvict && capacity > 0) {
                table.replace(victim(), key, row);
            }
        }

        private int victim() {
            while (true) {
                hand = hand + 1 >= table.size() ? 0 : hand + 1;
                if (table.tag(hand) == 0) {
                    return hand;
                }
                table.tag(hand, 0);
            }
        }

        synchronized void remove(long key) {
            table.remove(key);
        }

        synchronized int size() {
            return table.size();
        }

        synchronized long bytes() {
            return table.bytes();
        }
    }
}
