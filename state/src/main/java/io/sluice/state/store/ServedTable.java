package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A compacted topic with any number of partitions, folded for reading: the newest record of each
 * key, the hot ones in memory.
 *
 * <p>Records are taken in by {@code apply} of the subclass, wait, and become visible together by
 * {@link #commit}, which writes them and the position of each partition at once: after a kill at
 * any moment the topic is read on from where the records are. The view is the same whether the
 * topic was read as it came, after compaction, with repetitions or with restarts in between.
 *
 * <p>Thread-safety: one thread applies and commits; any number read under {@link #readLock}. They
 * are kept away only while committed records get into memory, not while they are written.
 */
public abstract class ServedTable implements AutoCloseable {

    private final RecordStore store;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed; // guarded by lock

    // -- the applying thread's own
    private final RecordBatch waiting = new RecordBatch();
    private long newest = Long.MIN_VALUE;

    private final LongAdder leftOut = new LongAdder();
    private final LongAdder refused = new LongAdder();

    ServedTable(RecordStore store) {
        this.store = store;
    }

    /** To be held while records are read; may be held for a whole request. */
    public final Lock readLock() {
        return lock.readLock();
    }

    /** To be held while what readers look at is exchanged. */
    final Lock writeLock() {
        return lock.writeLock();
    }

    /**
     * Where to go on reading a partition; null for its start. For the applying thread, as all that
     * follow.
     */
    public final StreamPosition position(int partition) throws IOException {
        StreamPosition behind = waiting.position(partition);
        return behind == null ? store.position(partition) : behind;
    }

    /** Whether the topic has to be read again, by {@link #rewind} and on from {@link #position}. */
    public boolean isStale() {
        return false;
    }

    /** Forgets what waits for {@link #commit}, to go on reading from {@link #position}. */
    public void rewind() throws IOException {
        waiting.clear();
    }

    /** Makes all that was applied visible, and durable. */
    public void commit() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        store.write(waiting);
        lock.writeLock().lock();
        try {
            waiting.forEachRecord(this::refresh);
        } finally {
            lock.writeLock().unlock();
        }
        waiting.clear();
    }

    /** Forgets everything, on disk too: the topic will be read from its start. */
    public void clear() throws IOException {
        clear(store.tag());
    }

    /** Forgets everything; what comes belongs to something else. */
    final void clear(long tag) throws IOException {
        lock.writeLock().lock();
        try {
            store.clear(tag);
            renew();
        } finally {
            lock.writeLock().unlock();
        }
        waiting.clear();
    }

    /** Sets a record once the batch is committed; null removes it. */
    final void stage(byte[] key, StoredRecord record) {
        waiting.put(new RecordKey(key), record);
    }

    /** Notes of when the newest thing is that a record knows of, in epoch milliseconds. */
    final void noteTime(long time) {
        newest = Math.max(newest, time);
    }

    /**
     * Time of the newest thing that came in since this was last called, in epoch milliseconds;
     * {@link Long#MIN_VALUE} when nothing did.
     */
    public final long takeNewest() {
        long taken = newest;
        newest = Long.MIN_VALUE;
        return taken;
    }

    /** Notes how far a partition was read, whatever became of its record. */
    final void read(int partition, StreamPosition behind) {
        waiting.position(partition, behind);
    }

    /** The record of a key as it will be after the commit; null when there is none. */
    final StoredRecord upcoming(byte[] key) {
        RecordKey wanted = new RecordKey(key);
        return waiting.has(wanted) ? waiting.record(wanted) : store.get(key);
    }

    /** Counts a record that does not count. */
    final void leaveOut() {
        leftOut.increment();
    }

    /** Counts a record that cannot be used. */
    final void countRefused() {
        refused.increment();
    }

    /** Counts a record that cannot be used. */
    final CorruptStateException refuse(CorruptStateException fault) {
        refused.increment();
        return fault;
    }

    /** The record of a key; for readers, under the lock. */
    final StoredRecord stored(byte[] key) {
        return closed ? null : store.get(key);
    }

    final RecordStore store() {
        return store;
    }

    /** Takes a committed record into memory, under the write lock; null for a removed one. */
    abstract void refresh(RecordKey key, StoredRecord record);

    /** Empties memory, under the write lock. */
    abstract void renew() throws IOException;

    abstract long hotBytes();

    abstract double hitRate();

    /** The figures of the table as it is; for any thread. */
    public final TableFigures figures() {
        lock.readLock().lock();
        try {
            return new TableFigures(
                    closed ? 0 : store.records(),
                    closed ? 0 : store.bytes() + hotBytes(),
                    hitRate(),
                    leftOut.sum(),
                    refused.sum());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** SHA-256 over the keys and values of all committed records, in hexadecimal. */
    public final String digest() throws IOException {
        ViewDigest digest = new ViewDigest();
        store.scan(
                (key, record) -> {
                    digest.add(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).array());
                    digest.add(key);
                    digest.add(record.value());
                    return true;
                });
        return digest.hex();
    }

    @Override
    public final void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            store.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
