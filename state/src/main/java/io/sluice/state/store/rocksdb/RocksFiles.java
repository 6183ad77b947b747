package io.sluice.state.store.rocksdb;

import io.sluice.state.check.CorruptStateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;

/**
 * An open database directory and every native object that belongs to it.
 *
 * <p>Small rows, point reads, many of them for keys that do not exist: hence a bloom filter of 10
 * bits a key, and no compression, since embeddings hardly shrink. Writes go to the log without
 * waiting for the disk: a killed process loses nothing, a dead machine the last moments, which are
 * read from the stream again.
 */
final class RocksFiles implements AutoCloseable {

    private static final long BLOCK_CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    private static final int BLOOM_BITS = 10;

    private final Deque<RocksObject> owned = new ArrayDeque<>();
    private final Cache blockCache;
    private final WriteOptions writeOptions;
    private final RocksDB db;

    private RocksFiles(Path directory) throws IOException {
        try {
            RocksDB.loadLibrary();
            blockCache = own(new LRUCache(BLOCK_CACHE_BYTES));
            BlockBasedTableConfig table =
                    new BlockBasedTableConfig()
                            .setBlockCache(blockCache)
                            .setFilterPolicy(own(new BloomFilter(BLOOM_BITS, false)))
                            .setCacheIndexAndFilterBlocks(true)
                            .setPinL0FilterAndIndexBlocksInCache(true);
            Options options =
                    own(new Options())
                            .setCreateIfMissing(true)
                            .setWriteBufferSize(WRITE_BUFFER_BYTES)
                            .setCompressionType(CompressionType.NO_COMPRESSION)
                            .setLevelCompactionDynamicLevelBytes(true)
                            .setKeepLogFileNum(2)
                            .setTableFormatConfig(table);
            writeOptions = own(new WriteOptions());
            Files.createDirectories(directory);
            db = own(RocksDB.open(options, directory.toString()));
        } catch (RocksDBException e) {
            closeAll();
            throw failure(directory, e);
        } catch (IOException | RuntimeException | Error e) {
            closeAll();
            throw e;
        }
    }

    /** Opens a directory, or makes a new one. */
    static RocksFiles open(Path directory) throws IOException {
        return new RocksFiles(directory);
    }

    private <T extends RocksObject> T own(T object) {
        owned.push(object);
        return object;
    }

    RocksDB db() {
        return db;
    }

    WriteOptions writeOptions() {
        return writeOptions;
    }

    /** Refuses a directory of another format; writes the format into a new one. */
    void checkFormat(Path directory) throws IOException, RocksDBException {
        byte[] format = db.get(StoredFields.FORMAT);
        if (format == null) {
            try (RocksIterator all = db.newIterator()) {
                all.seekToFirst();
                if (all.isValid()) {
                    throw damaged(directory, "no format found, expected 1");
                }
                all.status();
            }
            db.put(StoredFields.FORMAT, StoredFields.FORMAT_VERSION);
        } else if (!Arrays.equals(format, StoredFields.FORMAT_VERSION)) {
            throw damaged(
                    directory, "format %s found, expected 1".formatted(Arrays.toString(format)));
        }
    }

    /** Removes everything but the format. */
    void clear() throws RocksDBException {
        byte[] behindAll = {(byte) 0xff};
        db.deleteRange(new byte[0], behindAll);
        db.put(StoredFields.FORMAT, StoredFields.FORMAT_VERSION);
        // Or every later read would step over the removed rows.
        db.compactRange();
    }

    /** Native memory: cached blocks, write buffers, open tables. */
    long bytes() throws RocksDBException {
        return blockCache.getUsage()
                + db.getLongProperty("rocksdb.cur-size-all-mem-tables")
                + db.getLongProperty("rocksdb.estimate-table-readers-mem");
    }

    /** Says what is wrong with a directory and what helps. */
    static IOException failure(Path directory, RocksDBException e) {
        String found = e.getMessage();
        if (found != null && found.contains("/LOCK")) {
            return new IOException(
                    "serve.directory (of the job: rerank.directory) %s: in use by another process (%s); stop that server or give this one a directory of its own"
                            .formatted(directory, found),
                    e);
        }
        Status status = e.getStatus();
        boolean damaged =
                status != null
                        && (status.getCode() == Status.Code.Corruption
                                || status.getCode() == Status.Code.NotSupported
                                || status.getCode() == Status.Code.InvalidArgument);
        if (damaged) {
            return damaged(directory, found);
        }
        return new IOException(
                "serve.directory (of the job: rerank.directory) %s: cannot be used (%s); check that the disk has room and that this user may write there"
                        .formatted(directory, found),
                e);
    }

    static CorruptStateException damaged(Path directory, String found) {
        return new CorruptStateException(
                "serve.directory (of the job: rerank.directory) %s: the stored view is damaged or not ours (%s); delete the directory and start again, it is rebuilt from its topic"
                        .formatted(directory, found));
    }

    private void closeAll() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }

    @Override
    public void close() {
        closeAll();
    }
}
