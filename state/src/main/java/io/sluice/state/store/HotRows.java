package io.sluice.state.store;

import io.sluice.state.check.Checks;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.kernel.SlotIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * The rows asked for lately, in memory, in front of a slower store.
 *
 * <p>Bounded by a number of rows and evicted by second chance (CLOCK; Corbató, 1968): a row that
 * was read since the hand last passed stays for another round. Rows are spread over segments by
 * their key, each with a lock of its own that is held for the copy of one row. Memory grows with
 * use: the row and about 40 bytes. Rows that do not exist are not remembered; the store behind
 * answers those from its filter, and need not be asked while all rows are here.
 *
 * <p>Thread-safe.
 */
public final class HotRows<A> {

    /**
     * Enough that threads seldom meet at a lock, few enough that what leads to their rows stays in
     * the processor's nearest cache.
     */
    private static final int SEGMENT_BITS = 4;

    private static final int SEGMENTS = 1 << SEGMENT_BITS;

    private final List<Segment<A>> segments = new ArrayList<>(SEGMENTS);

    // -- of each segment, side by side: a look-up goes no longer way than it must
    private final SlotIndex[] indexes = new SlotIndex[SEGMENTS];
    private final A[] values;

    private final int width;
    private volatile boolean hasAll = true;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private HotRows(
            int width, int capacity, IntFunction<RowTable<A>> tables, IntFunction<A[]> arrays) {
        Checks.notNegative("capacity", capacity);
        this.width = width;
        values = arrays.apply(SEGMENTS);
        for (int i = 0; i < SEGMENTS; i++) {
            RowTable<A> table = tables.apply(width);
            indexes[i] = table.index();
            values[i] = table.values();
            segments.add(new Segment<>(table, (capacity + SEGMENTS - 1) / SEGMENTS, values, i));
        }
    }

    /**
     * An empty cache of a model's rows.
     *
     * @param width floats per row
     * @param capacity most rows held, rounded up to one for each of 16 segments; 0 for none at all
     */
    public static HotRows<float[]> ofFloats(int width, int capacity) {
        return new HotRows<>(width, capacity, RowTable::ofFloats, float[][]::new);
    }

    /** The same for records of {@code width} words. */
    static HotRows<long[]> ofWords(int width, int capacity) {
        return new HotRows<>(width, capacity, RowTable::ofWords, long[][]::new);
    }

    /** The same for one object a row. */
    static HotRows<Object[]> ofObjects(int capacity) {
        return new HotRows<>(1, capacity, one -> RowTable.ofObjects(), Object[][]::new);
    }

    /** Values per row. */
    public int width() {
        return width;
    }

    /** Copies a row if it is here. */
    public boolean copy(long key, A row) {
        boolean hit = segment(key).copy(key, row);
        if (hit) {
            hits.increment();
        }
        return hit;
    }

    /**
     * Copies a row if it is here, without its segment's lock and without noting that it was asked
     * for: for callers who see to it that nobody changes rows meanwhile, which holds by itself for
     * those who keep {@link #refresh} and {@link #remove} away while {@link #hasAll}.
     */
    boolean peek(long key, A row) {
        return segment(key).peek(key, row);
    }

    /** The number of the array that a key's row is in, if it is here. */
    public static int array(long key) {
        // Mixed: the index inside a segment uses the key's low bits.
        return (int) (Hashing.mix(key) >>> (Long.SIZE - SEGMENT_BITS));
    }

    /** An array, from 0 on, as it is now; for the callers of {@code peek}, as is the next. */
    public A values(int array) {
        return values[array];
    }

    /** The slot of a key's row in its array, which begins at {@code slot * width}; or negative. */
    public int slot(int array, long key) {
        return indexes[array].find(key);
    }

    /** Takes a row that was missed and just read; may evict another one. */
    public void put(long key, A row) {
        misses.increment();
        if (!segment(key).put(key, row, true)) {
            hasAll = false;
        }
    }

    /** Takes a row's new value if the row is here, or if there is room without evicting. */
    public void refresh(long key, A row) {
        if (!segment(key).put(key, row, false)) {
            hasAll = false;
        }
    }

    /**
     * Whether no row was ever turned away or pushed out: if all that the store behind holds went
     * through here, a row that is not here does not exist.
     */
    public boolean hasAll() {
        return hasAll;
    }

    /** Says that the store behind holds rows that did not go through here. */
    void forgetAbsence() {
        hasAll = false;
    }

    /** Forgets a row. */
    public void remove(long key) {
        segment(key).remove(key);
    }

    /** Rows held. */
    public int size() {
        int size = 0;
        for (Segment<A> segment : segments) {
            size += segment.size();
        }
        return size;
    }

    /** Bytes held, as allocated. */
    public long bytes() {
        long bytes = 0;
        for (Segment<A> segment : segments) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    /** Share of look-ups of existing rows that found them here, in [0, 1]; NaN before the first. */
    public double hitRate() {
        double hit = hits.sum();
        return hit / (hit + misses.sum());
    }

    private Segment<A> segment(long key) {
        return segments.get(array(key));
    }

    /** One part, guarded by itself. A row's tag is 1 when it was read since the hand passed. */
    private static final class Segment<A> {

        private final RowTable<A> table;
        private final int capacity;
        private final A[] values;
        private final int number;
        private int hand;

        Segment(RowTable<A> table, int capacity, A[] values, int number) {
            this.table = table;
            this.capacity = capacity;
            this.values = values;
            this.number = number;
        }

        synchronized boolean copy(long key, A row) {
            int slot = table.find(key);
            if (slot == SlotIndex.ABSENT) {
                return false;
            }
            table.copy(slot, row);
            table.tag(slot, 1);
            return true;
        }

        boolean peek(long key, A row) {
            int slot = table.find(key);
            if (slot == SlotIndex.ABSENT) {
                return false;
            }
            table.copy(slot, row);
            return true;
        }

        /** Takes a row; false when it was turned away or pushed another one out. */
        synchronized boolean put(long key, A row, boolean mayEvict) {
            int slot = table.find(key);
            if (slot != SlotIndex.ABSENT) {
                table.overwrite(slot, row);
                return true;
            }
            if (table.size() < capacity) {
                table.add(key, row);
                values[number] = table.values();
                return true;
            }
            if (mayEvict && capacity > 0) {
                table.replace(victim(), key, row);
            }
            return false;
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
