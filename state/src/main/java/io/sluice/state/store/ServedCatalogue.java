package io.sluice.state.store;

import io.sluice.state.codec.CatalogueCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.CatalogueEntry;
import io.sluice.state.feature.RowKeys;
import io.sluice.state.kernel.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What is known of all items or of all users, folded from their topic.
 *
 * <p>An entry with an older timestamp than the one that is held is left out: producers may come out
 * of order. (A server that starts after compaction removed the newer one cannot know that; it holds
 * the older until the next update.) A removal counts where it stands.
 *
 * <p>Thread-safety as in {@link ServedTable}.
 */
public final class ServedCatalogue extends ServedTable {

    private final int hotCapacity;
    private volatile HotRows<Object[]> hot;

    /**
     * The entries that a store holds.
     *
     * @param store owned from now on
     * @param hotCapacity most entries in memory
     */
    public ServedCatalogue(RecordStore store, int hotCapacity) throws IOException {
        super(store);
        this.hotCapacity = hotCapacity;
        renew();
        store.scan(
                (key, record) -> {
                    refresh(new RecordKey(key), record);
                    return hot.hasAll();
                });
    }

    /** Folds an entry. */
    public void apply(int partition, CatalogueEntry entry, StreamPosition behind)
            throws IOException {
        read(partition, behind);
        byte[] key = CatalogueCodec.key(entry.id());
        StoredRecord held = upcoming(key);
        if (held != null
                && CatalogueCodec.decode(key, held.value()).timestamp() > entry.timestamp()) {
            leaveOut();
            return;
        }
        byte[] value = CatalogueCodec.value(entry);
        stage(key, new StoredRecord(partition, behind.next() - 1, value));
        noteTime(entry.timestamp());
    }

    /** Folds a removal. */
    public void remove(int partition, String id, StreamPosition behind) {
        read(partition, behind);
        stage(CatalogueCodec.key(id), null);
    }

    /** Passes over a record that cannot be used. */
    public void refuse(int partition, StreamPosition behind) {
        read(partition, behind);
        countRefused();
    }

    /** What is known of an id as of the last commit; null when nothing is. Under the lock. */
    public CatalogueEntry find(String id) {
        Known known = known(id, new Object[1]);
        return known == null ? null : known.entry();
    }

    /**
     * What is known of all candidates of a request; under the lock. All are looked up before the
     * first is looked at.
     */
    AllKnown find(List<Candidate> candidates) {
        Object[] found = new Object[candidates.size()];
        Object[] row = new Object[1];
        HotRows<Object[]> memory = hot;
        if (!memory.hasAll()) {
            for (int i = 0; i < found.length; i++) {
                found[i] = known(candidates.get(i).id(), row);
            }
            return new AllKnown(found);
        }
        for (int i = 0; i < found.length; i++) {
            long key = hotKey(candidates.get(i).id());
            int array = HotRows.array(key);
            int slot = memory.slot(array, key);
            found[i] = slot < 0 ? null : memory.values(array)[slot];
        }
        for (int i = 0; i < found.length; i++) {
            String id = candidates.get(i).id();
            if (found[i] != null && !((Known) found[i]).id().equals(id)) {
                found[i] = known(id, row);
            }
        }
        return new AllKnown(found);
    }

    /** What is known of the candidates of a request, in their order. */
    static final class AllKnown {

        /** Of {@link Known}: to tell that of each, as it is found, would be to wait for it. */
        private final Object[] found;

        private AllKnown(Object[] found) {
            this.found = found;
        }

        /** What is known of candidate {@code i}; null when nothing is. */
        Known get(int i) {
            return (Known) found[i];
        }
    }

    /**
     * An entry, and the candidate that requests are completed by: made once, and encoded once, and
     * not for each.
     *
     * @param attributes how many the candidate has
     */
    record Known(String id, CatalogueEntry entry, Candidate candidate, int attributes) {

        private static Known of(CatalogueEntry entry) {
            Attributes features = entry.features().remembering();
            return new Known(
                    entry.id(), entry, new Candidate(entry.id(), features), features.size());
        }
    }

    private Known known(String id, Object[] row) {
        long at = hotKey(id);
        HotRows<Object[]> memory = hot;
        boolean isHot = memory.copy(at, row);
        if (isHot && ((Known) row[0]).id().equals(id)) {
            return (Known) row[0];
        }
        // Two ids may share a hash; the one in memory is then not the only one that exists.
        if (!isHot && memory.hasAll()) {
            return null;
        }
        byte[] key = CatalogueCodec.key(id);
        StoredRecord found = stored(key);
        if (found == null) {
            return null;
        }
        row[0] = Known.of(entry(key, found));
        memory.put(at, row);
        return (Known) row[0];
    }

    private static long hotKey(String id) {
        return RowKeys.of(Hashing.text(0, id));
    }

    private static CatalogueEntry entry(byte[] key, StoredRecord record) {
        try {
            return CatalogueCodec.decode(key, record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void refresh(RecordKey key, StoredRecord record) {
        String id = CatalogueCodec.id(key.bytes());
        if (record == null) {
            Object[] row = new Object[1];
            if (hot.copy(hotKey(id), row) && ((Known) row[0]).id().equals(id)) {
                hot.remove(hotKey(id));
            }
        } else {
            hot.refresh(hotKey(id), new Object[] {Known.of(entry(key.bytes(), record))});
        }
    }

    @Override
    void renew() {
        hot = HotRows.ofObjects(hotCapacity);
    }

    /** References only: the entries themselves are not counted. */
    @Override
    long hotBytes() {
        return hot.bytes();
    }

    @Override
    double hitRate() {
        return hot.hitRate();
    }
}
