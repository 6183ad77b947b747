package io.sluice.state.store;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.EntityRecords;
import io.sluice.state.feature.stream.EntityScope;
import io.sluice.state.feature.stream.StreamPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What streaming features know of each entity, folded from the features topic.
 *
 * <p>Records belong to one schema. A page of another one is left out and counted, and takes the
 * record of its entity away: compaction would have done the same to a server that starts later. A
 * model of another schema is followed by {@link #adopt}: the records are forgotten and the topic is
 * read again.
 *
 * <p>Thread-safety as in {@link ServedTable}; {@link #adopt} may be called by any thread.
 */
public final class ServedEntities extends ServedTable implements EntityRecords {

    private final int hotCapacity;
    private volatile FeatureSchema wanted;
    private volatile Current current;

    /** What changes with the schema. */
    private record Current(
            long fingerprint,
            StreamPlan plan,
            StreamedAttributes names,
            FeatureEncoder encoder,
            List<HotRows<long[]>> hot) {}

    /**
     * The records that a store holds, if they belong to the schema; otherwise none.
     *
     * @param store owned from now on
     * @param schema of the model and of the features
     * @param hotCapacity most records of each scope in memory
     */
    public ServedEntities(RecordStore store, FeatureSchema schema, int hotCapacity)
            throws IOException {
        super(store);
        this.hotCapacity = hotCapacity;
        wanted = schema;
        switchTo(schema);
    }

    private void switchTo(FeatureSchema schema) throws IOException {
        StreamPlan plan = StreamPlan.of(schema);
        writeLock().lock();
        try {
            current =
                    new Current(
                            schema.fingerprint(),
                            plan,
                            new StreamedAttributes(schema),
                            new FeatureEncoder(schema),
                            empty(plan));
            if (store().tag() == current.fingerprint()) {
                warm();
            } else {
                clear(current.fingerprint());
            }
        } finally {
            writeLock().unlock();
        }
    }

    private List<HotRows<long[]>> empty(StreamPlan plan) {
        List<HotRows<long[]>> hot = new ArrayList<>();
        for (EntityScope scope : plan.scopes()) {
            hot.add(HotRows.ofWords(scope.words(), hotCapacity));
        }
        return hot;
    }

    /** Takes what is on disk into memory, as far as it fits. */
    private void warm() throws IOException {
        Current now = current;
        store().scan(
                        (key, record) -> {
                            refresh(new RecordKey(key), record);
                            return now.hot().stream().anyMatch(HotRows::hasAll);
                        });
        // The scan ends early; what it has not come to is only on disk.
        now.hot().stream().filter(rows -> !rows.hasAll()).forEach(HotRows::forgetAbsence);
    }

    /**
     * Makes the records follow another schema, if it is one: the topic is then to be read again.
     */
    public void adopt(FeatureSchema schema) {
        wanted = schema;
    }

    @Override
    public boolean isStale() {
        return wanted.fingerprint() != current.fingerprint();
    }

    @Override
    public void rewind() throws IOException {
        super.rewind();
        if (isStale()) {
            switchTo(wanted);
        }
    }

    /** How the records are kept and read. */
    public StreamPlan plan() {
        return current.plan();
    }

    /** Of the schema that the records belong to. */
    public long fingerprint() {
        return current.fingerprint();
    }

    /** Encodes by the schema that the records belong to. */
    FeatureEncoder encoder() {
        return current.encoder();
    }

    /** How the values are called where they are logged. */
    public StreamedAttributes names() {
        return current.names();
    }

    /**
     * Folds a page.
     *
     * @param behind the position behind it
     * @throws CorruptStateException when it cannot be used; it is left out, counted, and folding
     *     may go on
     */
    public void apply(int partition, byte[] key, byte[] value, StreamPosition behind)
            throws IOException {
        read(partition, behind);
        Current now = current;
        try {
            EntityPage page = EntityPageCodec.decode(key, value);
            if (page.isTombstone()) {
                stage(key, null);
            } else if (page.schema() != now.fingerprint()) {
                leaveOut();
                stage(key, null);
            } else {
                check(page, now.plan());
                stage(key, new StoredRecord(partition, behind.next() - 1, value));
                EntityScope scope = now.plan().scopes().get(page.scope());
                noteTime(scope.lastFact(page.record()));
            }
        } catch (CorruptStateException e) {
            throw refuse(e);
        }
    }

    private static void check(EntityPage page, StreamPlan plan) throws CorruptStateException {
        if (page.scope() >= plan.scopes().size()) {
            throw new CorruptStateException(
                    "entity page: found scope %d, expected 0 to %d"
                            .formatted(page.scope(), plan.scopes().size() - 1));
        }
        int words = plan.scopes().get(page.scope()).words();
        if (page.record().length != words || page.key() == 0) {
            throw new CorruptStateException(
                    "entity page: found key %x with %d words, expected another key than 0 and %d words in scope %d"
                            .formatted(page.key(), page.record().length, words, page.scope()));
        }
    }

    /** Copies a record as of the last commit. For readers under the lock. */
    @Override
    public boolean copy(int scope, long key, long[] record) {
        HotRows<long[]> hot = current.hot().get(scope);
        if (hot.hasAll()) {
            // Only commits change rows then, and they wait for the lock that the reader holds.
            return hot.peek(key, record);
        }
        return hot.copy(key, record) || copyStored(scope, key, record, hot);
    }

    private boolean copyStored(int scope, long key, long[] record, HotRows<long[]> hot) {
        StoredRecord found = find(scope, key);
        if (found == null) {
            return false;
        }
        long[] words = words(EntityPageCodec.key(new EntityPage(0, scope, key, null)), found);
        System.arraycopy(words, 0, record, 0, words.length);
        hot.put(key, words);
        return true;
    }

    /** The page of an entity with the place in the topic where it came from; null when none. */
    public StoredRecord find(int scope, long key) {
        return stored(EntityPageCodec.key(new EntityPage(0, scope, key, null)));
    }

    private static long[] words(byte[] key, StoredRecord record) {
        try {
            return EntityPageCodec.decode(key, record.value()).record();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void refresh(RecordKey key, StoredRecord record) {
        EntityPageCodec.Name name = EntityPageCodec.name(key.bytes());
        Current now = current;
        if (name.scope() >= now.hot().size()) {
            return; // the tombstone of a scope that this schema does not have
        }
        HotRows<long[]> hot = now.hot().get(name.scope());
        if (record == null) {
            hot.remove(name.key());
        } else {
            hot.refresh(name.key(), words(key.bytes(), record));
        }
    }

    @Override
    void renew() {
        Current old = current;
        current =
                new Current(
                        old.fingerprint(),
                        old.plan(),
                        old.names(),
                        old.encoder(),
                        empty(old.plan()));
    }

    @Override
    long hotBytes() {
        return current.hot().stream().mapToLong(HotRows::bytes).sum();
    }

    @Override
    double hitRate() {
        return current.hot().stream()
                .mapToDouble(rows -> rows.hasAll() ? 1 : rows.hitRate())
                .filter(rate -> !Double.isNaN(rate))
                .average()
                .orElse(Double.NaN);
    }
}
