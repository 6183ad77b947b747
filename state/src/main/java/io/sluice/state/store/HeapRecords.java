package io.sluice.state.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All records on the heap, gone with the process: for tests and for a look at a topic. */
public final class HeapRecords implements RecordStore {

    /** Objects and references around key and value, about. */
    private static final int OVERHEAD = 120;

    private final Map<RecordKey, StoredRecord> records = new ConcurrentSkipListMap<>();
    private final Map<Integer, StreamPosition> positions = new ConcurrentHashMap<>();
    private long tag;

    @Override
    public StoredRecord get(byte[] key) {
        return records.get(new RecordKey(key));
    }

    @Override
    public void write(RecordBatch batch) {
        batch.forEachRecord(
                (key, record) -> {
                    if (record == null) {
                        records.remove(key);
                    } else {
                        records.put(key, record);
                    }
                });
        batch.forEachPosition(positions::put);
    }

    @Override
    public StreamPosition position(int partition) {
        return positions.get(partition);
    }

    @Override
    public long tag() {
        return tag;
    }

    @Override
    public void clear(long newTag) {
        records.clear();
        positions.clear();
        tag = newTag;
    }

    @Override
    public void scan(Visitor visitor) {
        for (Map.Entry<RecordKey, StoredRecord> each : records.entrySet()) {
            if (!visitor.record(each.getKey().bytes(), each.getValue())) {
                return;
            }
        }
    }

    @Override
    public long records() {
        return records.size();
    }

    @Override
    public long bytes() {
        return records.entrySet().stream()
                .mapToLong(
                        each ->
                                OVERHEAD
                                        + each.getKey().bytes().length
                                        + each.getValue().value().length)
                .sum();
    }

    @Override
    public void close() {
        // Nothing outlives the process.
    }
}
