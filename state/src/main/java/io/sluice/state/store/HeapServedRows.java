package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.kernel.SlotIndex;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All rows on the heap, gone with the process.
 *
 * <p>For tests, for models that fit, and wherever a restart reads the whole topic anyway. Staged
 * pages wait in a list; rows wider than the manifest's are left out when it closes the batch.
 */
public final class HeapServedRows implements ServedRows {

    private final List<PageBatch> staged = new ArrayList<>();
    private RowTable<float[]> table = RowTable.ofFloats(1);
    private final Map<Long, byte[]> blocks = new TreeMap<>();
    private StoredView stored = StoredView.EMPTY;

    @Override
    public boolean copy(long key, float[] row) {
        int slot = row.length == table.width() ? table.find(key) : SlotIndex.ABSENT;
        if (slot == SlotIndex.ABSENT) {
            return false;
        }
        table.copy(slot, row);
        return true;
    }

    @Override
    public void find(RowPlaces rows) {
        boolean fits = rows.width() == table.width();
        rows.in(only -> table.values());
        for (int i = 0; i < rows.size(); i++) {
            rows.found(i, 0, fits ? table.find(rows.key(i)) : SlotIndex.ABSENT);
        }
    }

    @Override
    public void stage(PageBatch batch) throws CorruptStateException {
        staged.add(batch);
        Page schema = stored.schema();
        Page head = stored.head();
        Page tower = stored.tower();
        Page memory = stored.memory();
        Page ranker = batch.voids(stored.ranker()) ? null : stored.ranker();
        Page manifest = stored.manifest();
        for (Page page : batch.pages()) {
            switch (page.kind()) {
                case SCHEMA -> schema = page;
                case HEAD -> head = page;
                case TOWER -> tower = page;
                case RANKER -> ranker = page;
                case MANIFEST -> manifest = page;
                case MEMORY_HEAD -> memory = page;
                case ROW, MEMORY -> {}
                default -> throw new CorruptStateException("unknown page " + page.kind());
            }
        }
        stored =
                new StoredView(
                        schema,
                        head,
                        tower,
                        memory,
                        ranker,
                        manifest,
                        batch.closed(),
                        batch.position());
    }

    @Override
    public void commit() {
        try {
            int width = PagePayloads.readManifest(stored.manifest()).dimensions() + 1;
            if (width != table.width()) {
                table = RowTable.ofFloats(width);
            }
            float[] row = new float[width];
            int voidBelow = staged.isEmpty() ? 0 : staged.get(staged.size() - 1).voidBelow();
            if (voidBelow > 0) {
                // What was shown before belongs to an older lineage as a whole.
                table = RowTable.ofFloats(width);
                blocks.clear();
            }
            for (PageBatch batch : staged) {
                if (batch.resets()) {
                    table = RowTable.ofFloats(width);
                    blocks.clear();
                }
                for (Page page : batch.pages()) {
                    if (page.isTombstone() || page.version().epoch() >= voidBelow) {
                        apply(page, row);
                    }
                }
            }
        } catch (CorruptStateException e) {
            throw new UncheckedIOException(e);
        }
        staged.clear();
    }

    private void apply(Page page, float[] row) throws CorruptStateException {
        if (page.kind() == PageKind.MEMORY) {
            blocks.put(page.id(), page.payload());
        }
        if (page.kind() != PageKind.ROW) {
            return;
        }
        if (page.isTombstone()) {
            table.remove(page.id());
            return;
        }
        if (!PagePayloads.isRow(page.payload(), row.length - 1)) {
            return;
        }
        PagePayloads.readRow(page.payload(), row, 0, row.length - 1);
        int slot = table.find(page.id());
        if (slot == SlotIndex.ABSENT) {
            slot = table.add(page.id(), row);
        } else {
            table.overwrite(slot, row);
        }
        // The row's own width, which a scan gives back.
        table.tag(slot, page.payload().length / Float.BYTES - 1);
    }

    @Override
    public StoredView stored() {
        return stored;
    }

    @Override
    public void clear() {
        staged.clear();
        blocks.clear();
        table = RowTable.ofFloats(1);
        stored = StoredView.EMPTY;
    }

    @Override
    public long rows() {
        return table.size();
    }

    @Override
    public long bytes() {
        return table.bytes();
    }

    @Override
    public double hitRate() {
        return 1;
    }

    @Override
    public void scan(Visitor visitor) throws IOException {
        for (long key : table.sortedKeys()) {
            int slot = table.find(key);
            int from = slot * table.width();
            visitor.row(key, PagePayloads.row(table.values(), from, table.tag(slot)));
        }
    }

    @Override
    public void scanBlocks(Visitor visitor) throws IOException {
        for (Map.Entry<Long, byte[]> block : blocks.entrySet()) {
            visitor.row(block.getKey(), block.getValue());
        }
    }

    @Override
    public void close() {
        clear();
    }
}
