package io.sluice.state.store.rocksdb;

import io.sluice.state.store.RecordBatch;
import io.sluice.state.store.RecordStore;
import io.sluice.state.store.StoredRecord;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Records of a compacted topic on disk.
 *
 * <pre>
 *   "format"           int    version of this layout
 *   "tag"              long   what the records belong to
 *   "position", int p  long   next offset of partition p, then the identity of the stream in UTF-8
 *   byte 1, key        int    partition, long offset, then the value as it came
 * </pre>
 *
 * <p>Thread-safety as in {@link RecordStore}.
 */
public final class RocksRecords implements RecordStore {

    private static final byte[] TAG = "tag".getBytes(StandardCharsets.US_ASCII);
    private static final byte RECORD = 1;
    private static final int PLACE_BYTES = Integer.BYTES + Long.BYTES;

    private final Path directory;
    private final RocksFiles files;

    /**
     * Opens a directory, or makes a new one.
     *
     * @param directory for this store alone
     * @throws io.sluice.state.check.CorruptStateException when it holds something damaged
     */
    public RocksRecords(Path directory) throws IOException {
        this.directory = directory;
        files = RocksFiles.open(directory);
        try {
            files.checkFormat(directory);
        } catch (RocksDBException e) {
            close();
            throw RocksFiles.failure(directory, e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public StoredRecord get(byte[] key) {
        try {
            byte[] found = files.db().get(at(key));
            return found == null ? null : read(found);
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        }
    }

    @Override
    public void write(RecordBatch batch) throws IOException {
        try (WriteBatch writes = new WriteBatch()) {
            batch.forEachRecord((key, record) -> add(key.bytes(), record, writes));
            batch.forEachPosition((partition, at) -> add(partition, at, writes));
            files.db().write(files.writeOptions(), writes);
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(byte[] key, StoredRecord record, WriteBatch writes) {
        try {
            if (record == null) {
                writes.delete(at(key));
            } else {
                writes.put(
                        at(key),
                        ByteBuffer.allocate(PLACE_BYTES + record.value().length)
                                .putInt(record.partition())
                                .putLong(record.offset())
                                .put(record.value())
                                .array());
            }
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        }
    }

    private void add(int partition, StreamPosition position, WriteBatch writes) {
        try {
            writes.put(positionOf(partition), StoredFields.position(position));
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        }
    }

    private static byte[] at(byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put(RECORD).put(key).array();
    }

    private static byte[] positionOf(int partition) {
        return ByteBuffer.allocate(StoredFields.POSITION.length + Integer.BYTES)
                .put(StoredFields.POSITION)
                .putInt(partition)
                .array();
    }

    private static StoredRecord read(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        return new StoredRecord(
                in.getInt(), in.getLong(), Arrays.copyOfRange(stored, PLACE_BYTES, stored.length));
    }

    @Override
    public StreamPosition position(int partition) throws IOException {
        byte[] stored = field(positionOf(partition));
        return stored == null ? null : StoredFields.readPosition(stored);
    }

    @Override
    public long tag() throws IOException {
        byte[] stored = field(TAG);
        return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    private byte[] field(byte[] name) throws IOException {
        try {
            return files.db().get(name);
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        }
    }

    @Override
    public void clear(long tag) throws IOException {
        try {
            files.clear();
            files.db().put(TAG, ByteBuffer.allocate(Long.BYTES).putLong(tag).array());
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        }
    }

    @Override
    public void scan(Visitor visitor) throws IOException {
        try (RocksIterator all = files.db().newIterator()) {
            boolean more = true;
            for (all.seek(new byte[] {RECORD}); more && isRecord(all); all.next()) {
                byte[] key = all.key();
                more = visitor.record(Arrays.copyOfRange(key, 1, key.length), read(all.value()));
            }
            all.status();
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        }
    }

    private static boolean isRecord(RocksIterator at) {
        return at.isValid() && at.key()[0] == RECORD;
    }

    @Override
    public long records() {
        try {
            return files.db().getLongProperty("rocksdb.estimate-num-keys");
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        }
    }

    @Override
    public long bytes() {
        try {
            return files.bytes();
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
