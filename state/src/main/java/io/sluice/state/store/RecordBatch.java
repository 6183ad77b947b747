package io.sluice.state.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Changes that go into a store together, and the positions behind them. Of several for one key the
 * last counts. Not thread-safe.
 */
public final class RecordBatch {

    private final Map<RecordKey, StoredRecord> records = new LinkedHashMap<>();
    private final Map<Integer, StreamPosition> positions = new LinkedHashMap<>();

    /** Sets a record; null removes it. */
    void put(RecordKey key, StoredRecord record) {
        records.put(key, record);
    }

    /** Says where the batch ends in a partition. */
    void position(int partition, StreamPosition behind) {
        positions.put(partition, behind);
    }

    /** Whether the batch changes a key. */
    boolean has(RecordKey key) {
        return records.containsKey(key);
    }

    /** What the batch sets a key to; null when it removes it. */
    StoredRecord record(RecordKey key) {
        return records.get(key);
    }

    /** Where the batch ends in a partition; null when it does not get there. */
    StreamPosition position(int partition) {
        return positions.get(partition);
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    void clear() {
        records.clear();
        positions.clear();
    }

    /** Hands out all changes; a removal is null. */
    public void forEachRecord(BiConsumer<RecordKey, StoredRecord> out) {
        records.forEach(out);
    }

    /** Hands out all positions by partition. */
    public void forEachPosition(BiConsumer<Integer, StreamPosition> out) {
        positions.forEach(out);
    }
}
