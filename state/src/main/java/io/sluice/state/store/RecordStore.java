package io.sluice.state.store;

import java.io.IOException;

/**
 * The newest record of each key of a compacted topic, and the position in each partition.
 *
 * <p>Thread-safety: one thread writes and clears; any number read, also meanwhile, but not during
 * {@link #clear} and behind {@link #close}. {@link ServedTable} sees to that.
 */
public interface RecordStore extends AutoCloseable {

    /**
     * The record of a key; null when there is none.
     *
     * @throws java.io.UncheckedIOException when the store cannot be read
     */
    StoredRecord get(byte[] key);

    /** Takes records and positions together or not at all. */
    void write(RecordBatch batch) throws IOException;

    /** Where to go on reading a partition; null for its start. */
    StreamPosition position(int partition) throws IOException;

    /** What the records belong to, as told to {@link #clear}; 0 for a new store. */
    long tag() throws IOException;

    /**
     * Removes everything, the positions included.
     *
     * @param tag what the records to come belong to
     */
    void clear(long tag) throws IOException;

    /** Visits all records by rising key, as long as the visitor wants more. */
    void scan(Visitor visitor) throws IOException;

    /** Records held; stores on disk estimate it. */
    long records();

    /** Bytes of memory held, about. */
    long bytes();

    @Override
    void close();

    /** Receives records. */
    @FunctionalInterface
    interface Visitor {
        /** Takes a record; false when no more are wanted. */
        boolean record(byte[] key, StoredRecord record);
    }
}
