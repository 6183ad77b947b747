package io.sluice.state.store.rocksdb;

import io.sluice.state.codec.PageCodec;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.store.HotRows;
import io.sluice.state.store.PageBatch;
import io.sluice.state.store.RowPlaces;
import io.sluice.state.store.ServedRows;
import io.sluice.state.store.StoredView;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;

/**
 * All rows on disk, the hot ones in memory.
 *
 * <p>Pages are stored as they travel, checksum included. A batch and the position behind it go into
 * one atomic write, so that after a kill at any moment the stream is read on from where the rows
 * are. Readers see the rows through a snapshot of the last commit until the next one: writing holds
 * nobody up. A read that misses memory costs about 4 µs, one of a row that does not exist about 0.5
 * µs.
 *
 * <p>Thread-safety as in {@link ServedRows}.
 */
public final class RocksServedRows implements ServedRows {

    private final Path directory;
    private final int hotCapacity;
    private final List<Page> staged = new ArrayList<>();
    private boolean stagedBeyondMemory;

    private RocksFiles files;
    private Snapshot snapshot;
    private ReadOptions committed;
    private HotRows<float[]> hot;

    /**
     * Opens a directory, or makes a new one.
     *
     * @param directory for this store alone
     * @param hotCapacity most rows kept in memory
     * @throws io.sluice.state.check.CorruptStateException when it holds something damaged
     */
    public RocksServedRows(Path directory, int hotCapacity) throws IOException {
        this.directory = directory;
        this.hotCapacity = hotCapacity;
        hot = HotRows.ofFloats(1, hotCapacity);
        open();
    }

    private void open() throws IOException {
        files = RocksFiles.open(directory);
        try {
            files.checkFormat(directory);
            takeSnapshot();
            Page manifest = page(PageKind.MANIFEST);
            if (manifest != null) {
                renewHot(PagePayloads.readManifest(manifest).dimensions() + 1);
                fillHot();
            }
        } catch (RocksDBException e) {
            close();
            throw RocksFiles.failure(directory, e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean copy(long key, float[] row) {
        if (row.length != hot.width()) {
            return false;
        }
        if (hot.copy(key, row)) {
            return true;
        }
        if (hot.hasAll()) {
            return false;
        }
        byte[] at = PageCodec.key(PageKind.ROW, key);
        try {
            byte[] value = db().get(committed, at);
            if (value == null) {
                return false;
            }
            byte[] payload = PageCodec.decode(at, value).payload();
            if (!PagePayloads.isRow(payload, row.length - 1)) {
                return false;
            }
            PagePayloads.readRow(payload, row, 0, row.length - 1);
            hot.put(key, row);
            return true;
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void find(RowPlaces rows) {
        if (rows.width() == hot.width() && hot.hasAll()) {
            // Only commits change rows then, and callers keep those away while they read.
            rows.in(hot::values);
            for (int i = 0; i < rows.size(); i++) {
                int array = HotRows.array(rows.key(i));
                rows.found(i, array, hot.slot(array, rows.key(i)));
            }
        } else {
            ServedRows.super.find(rows);
        }
    }

    @Override
    public void stage(PageBatch batch) throws IOException {
        try (WriteBatch writes = new WriteBatch()) {
            if (batch.resets()) {
                writes.deleteRange(StoredFields.ROWS_FROM, StoredFields.ROWS_TO);
                writes.deleteRange(StoredFields.BLOCKS_FROM, StoredFields.BLOCKS_TO);
            }
            if (batch.voidBelow() > 0) {
                removeVoid(batch.voidBelow(), writes);
            }
            if (batch.voids(page(PageKind.RANKER))) {
                writes.delete(PageCodec.key(PageKind.RANKER, 0));
            }
            for (Page page : batch.pages()) {
                add(page, writes);
            }
            writes.put(StoredFields.POSITION, StoredFields.position(batch.position()));
            writes.put(StoredFields.WHOLE, batch.closed() ? StoredFields.YES : StoredFields.NO);
            db().write(files.writeOptions(), writes);
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        }
        if (batch.closed() && !batch.resets() && batch.voidBelow() == 0) {
            staged.addAll(batch.pages());
        } else {
            stagedBeyondMemory = true;
        }
    }

    /** One pass over all rows and blocks; a lineage begins seldom. */
    private void removeVoid(int below, WriteBatch writes) throws IOException, RocksDBException {
        try (RocksIterator pages = db().newIterator()) {
            for (seekRows(pages); isRow(pages); pages.next()) {
                removeVoid(below, pages, writes);
            }
            for (pages.seek(StoredFields.BLOCKS_FROM); isBlock(pages); pages.next()) {
                removeVoid(below, pages, writes);
            }
            pages.status();
        }
    }

    private static void removeVoid(int below, RocksIterator page, WriteBatch writes)
            throws IOException, RocksDBException {
        if (PageCodec.decode(page.key(), page.value()).version().epoch() < below) {
            writes.delete(page.key());
        }
    }

    private static void add(Page page, WriteBatch writes) throws RocksDBException {
        byte[] key = PageCodec.key(page.kind(), page.id());
        if (page.isTombstone()) {
            writes.delete(key);
        } else {
            writes.put(key, PageCodec.value(page));
        }
    }

    @Override
    public void commit() {
        try {
            takeSnapshot();
            int width = PagePayloads.readManifest(page(PageKind.MANIFEST)).dimensions() + 1;
            if (stagedBeyondMemory || width != hot.width()) {
                renewHot(width);
                fillHot();
            }
            float[] row = new float[width];
            for (Page page : staged) {
                refresh(page, row);
            }
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        staged.clear();
        stagedBeyondMemory = false;
    }

    private void refresh(Page page, float[] row) throws IOException {
        if (page.kind() != PageKind.ROW) {
            return;
        }
        if (page.isTombstone() || !PagePayloads.isRow(page.payload(), row.length - 1)) {
            hot.remove(page.id());
        } else {
            PagePayloads.readRow(page.payload(), row, 0, row.length - 1);
            hot.refresh(page.id(), row);
        }
    }

    private void renewHot(int width) {
        hot = HotRows.ofFloats(width, hotCapacity);
    }

    /**
     * Takes in rows until there is no room; one that is not in memory then may not exist at all.
     */
    private void fillHot() throws IOException, RocksDBException {
        float[] row = new float[hot.width()];
        try (RocksIterator rows = db().newIterator(committed)) {
            for (seekRows(rows); isRow(rows) && hot.hasAll(); rows.next()) {
                byte[] key = rows.key();
                byte[] payload = PageCodec.decode(key, rows.value()).payload();
                if (PagePayloads.isRow(payload, row.length - 1)) {
                    PagePayloads.readRow(payload, row, 0, row.length - 1);
                    hot.refresh(StoredFields.rowKey(key), row);
                }
            }
            rows.status();
        }
    }

    private void takeSnapshot() {
        releaseSnapshot();
        snapshot = db().getSnapshot();
        committed = new ReadOptions().setSnapshot(snapshot);
    }

    private void releaseSnapshot() {
        if (snapshot != null) {
            committed.close();
            db().releaseSnapshot(snapshot);
            snapshot = null;
        }
    }

    @Override
    public StoredView stored() throws IOException {
        try {
            byte[] whole = db().get(StoredFields.WHOLE);
            byte[] position = db().get(StoredFields.POSITION);
            StreamPosition at = position == null ? null : StoredFields.readPosition(position);
            return new StoredView(
                    page(PageKind.SCHEMA),
                    page(PageKind.HEAD),
                    page(PageKind.TOWER),
                    page(PageKind.MEMORY_HEAD),
                    page(PageKind.RANKER),
                    page(PageKind.MANIFEST),
                    whole == null || Arrays.equals(whole, StoredFields.YES),
                    at);
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        }
    }

    private Page page(PageKind kind) throws IOException, RocksDBException {
        byte[] key = PageCodec.key(kind, 0);
        byte[] value = db().get(key);
        return value == null ? null : PageCodec.decode(key, value);
    }

    @Override
    public void clear() throws IOException {
        staged.clear();
        stagedBeyondMemory = false;
        try {
            releaseSnapshot();
            files.clear();
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        } finally {
            takeSnapshot();
            renewHot(1);
        }
    }

    @Override
    public long rows() {
        try {
            return db().getLongProperty("rocksdb.estimate-num-keys");
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        }
    }

    @Override
    public long bytes() {
        try {
            return hot.bytes() + files.bytes();
        } catch (RocksDBException e) {
            throw new UncheckedIOException(RocksFiles.failure(directory, e));
        }
    }

    @Override
    public double hitRate() {
        return hot.hasAll() && hot.size() > 0 ? 1 : hot.hitRate();
    }

    @Override
    public void scan(Visitor visitor) throws IOException {
        try (RocksIterator rows = db().newIterator(committed)) {
            for (seekRows(rows); isRow(rows); rows.next()) {
                byte[] key = rows.key();
                visitor.row(
                        StoredFields.rowKey(key), PageCodec.decode(key, rows.value()).payload());
            }
            rows.status();
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        }
    }

    @Override
    public void scanBlocks(Visitor visitor) throws IOException {
        try (RocksIterator blocks = db().newIterator(committed)) {
            for (blocks.seek(StoredFields.BLOCKS_FROM); isBlock(blocks); blocks.next()) {
                byte[] key = blocks.key();
                visitor.row(
                        StoredFields.rowKey(key), PageCodec.decode(key, blocks.value()).payload());
            }
            blocks.status();
        } catch (RocksDBException e) {
            throw RocksFiles.failure(directory, e);
        }
    }

    private static boolean isBlock(RocksIterator blocks) {
        return blocks.isValid() && StoredFields.isBlock(blocks.key());
    }

    private static void seekRows(RocksIterator rows) {
        rows.seek(StoredFields.ROWS_FROM);
    }

    private static boolean isRow(RocksIterator rows) {
        return rows.isValid() && StoredFields.isRow(rows.key());
    }

    private RocksDB db() {
        return files.db();
    }

    @Override
    public void close() {
        if (files != null) {
            releaseSnapshot();
            files.close();
            files = null;
        }
    }
}
