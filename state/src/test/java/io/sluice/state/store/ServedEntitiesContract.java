package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.StreamReader;
import io.sluice.state.store.StreamedPages.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the records of entities must keep, whatever store they are in. */
public abstract class ServedEntitiesContract {

    /** Small, so that most records are looked for in the store. */
    private static final int FEW = 64;

    private static final int MANY = 1_000_000;

    /** A store without content. */
    protected abstract RecordStore create() throws IOException;

    /** The same store as another process would find it, or the same one if it does not persist. */
    protected abstract RecordStore reopen(RecordStore store) throws IOException;

    private ServedEntities open(int hot) throws IOException {
        return new ServedEntities(create(), StreamedPages.SCHEMA, hot);
    }

    @Test
    void everyValueEqualsThatOfTheStreamBitForBit() throws Exception {
        StreamedPages stream = new StreamedPages(1);
        try (ServedEntities all = open(MANY);
                ServedEntities few = open(FEW);
                ServedEntities none = open(0)) {
            for (int round = 0; round < 5; round++) {
                int from = stream.log.size();
                stream.happen(150);
                List<Entry> news = stream.log.subList(from, stream.log.size());
                for (ServedEntities each : List.of(all, few, none)) {
                    StreamedPages.fold(each, news);
                    assertSameValues(stream, each);
                }
            }
        }
    }

    /** Many users, items and times, each value of them. */
    private static void assertSameValues(StreamedPages stream, ServedEntities served) {
        StreamReader expected = new StreamReader(stream.plan, stream.state.tables());
        StreamReader found = new StreamReader(served.plan(), served);
        StreamedValues want = new StreamedValues(StreamedPages.SCHEMA);
        StreamedValues have = new StreamedValues(StreamedPages.SCHEMA);
        for (int i = 0; i < 200; i++) {
            long time = stream.now() + i * 1_000_000L;
            String user = stream.anyUser();
            Attributes context = stream.anyContext();
            expected.request(time, user, context, want);
            found.request(time, user, context, have);
            for (int j = 0; j < 5; j++) {
                String item = stream.anyItem();
                Attributes features = stream.anyFeatures();
                expected.item(item, features, want);
                found.item(item, features, have);
                assertThat(bits(have)).as("%s, %s, %d", user, item, time).isEqualTo(bits(want));
            }
        }
    }

    private static long[][] bits(StreamedValues values) {
        long[][] bits = new long[values.size()][];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = new long[1 + values.keys(i)];
            bits[i][0] = Double.doubleToRawLongBits(values.number(i));
            for (int k = 0; k < values.keys(i); k++) {
                bits[i][1 + k] = values.key(i, k);
            }
        }
        return bits;
    }

    @Test
    void theRecordsAreTheSameAfterCompactionAndRestarts() throws Exception {
        long seed = Long.getLong("sluice.seed", 1);
        StreamedPages stream = new StreamedPages(seed);
        for (int i = 0; i < 10; i++) {
            stream.happen(60);
        }
        String expected;
        try (ServedEntities straight = open(FEW)) {
            StreamedPages.fold(straight, stream.log);
            expected = straight.digest();
        }
        Random random = new Random(seed);

        for (int round = 0; round < 4; round++) {
            List<Entry> left = stream.compacted(random.nextInt(stream.log.size()));
            assertThat(foldWithRestarts(left, random))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
        }
        assertThat(foldWithRestarts(stream.compacted(stream.log.size()), random))
                .as("all compacted, seed %d", seed)
                .isEqualTo(expected);
    }

    private String foldWithRestarts(List<Entry> entries, Random random) throws Exception {
        RecordStore store = create();
        ServedEntities entities = new ServedEntities(store, StreamedPages.SCHEMA, FEW);
        for (int part = 0; part < 6; part++) {
            // What a process had read and not committed is read again by the next one.
            for (Entry entry : entries.subList(0, (part + 1) * entries.size() / 6)) {
                StreamPosition at = entities.position(entry.partition());
                if (at == null || at.next() <= entry.offset()) {
                    entities.apply(entry.partition(), entry.key(), entry.value(), entry.behind());
                    if (random.nextInt(50) == 0) {
                        entities.commit();
                    }
                }
            }
            store = reopen(store);
            entities = new ServedEntities(store, StreamedPages.SCHEMA, FEW);
        }
        for (Entry entry : entries) {
            StreamPosition at = entities.position(entry.partition());
            if (at == null || at.next() <= entry.offset()) {
                entities.apply(entry.partition(), entry.key(), entry.value(), entry.behind());
            }
        }
        entities.commit();
        String digest = entities.digest();
        entities.close();
        return digest;
    }

    @Test
    void whatWasAppliedShowsOnlyAfterTheCommitAndIsForgottenByRewinding() throws Exception {
        StreamedPages stream = new StreamedPages(2);
        stream.happen(10);
        Entry first = stream.log.get(0);
        try (ServedEntities entities = open(FEW)) {
            entities.apply(first.partition(), first.key(), first.value(), first.behind());
            assertThat(holds(entities, first)).isFalse();
            assertThat(entities.position(first.partition())).isEqualTo(first.behind());

            entities.rewind();
            entities.commit();
            assertThat(holds(entities, first)).isFalse();
            assertThat(entities.position(first.partition())).isNull();

            entities.apply(first.partition(), first.key(), first.value(), first.behind());
            entities.commit();
            assertThat(holds(entities, first)).isTrue();
        }
    }

    @Test
    void aTombstoneRemovesItsEntityFromMemoryAndStore() throws Exception {
        StreamedPages stream = new StreamedPages(3);
        stream.happen(50);
        int first = stream.log.size();
        stream.append(stream.log.get(5).key(), null);
        try (ServedEntities entities = open(MANY)) {
            StreamedPages.fold(entities, stream.log.subList(0, first));
            assertThat(holds(entities, stream.log.get(5))).isTrue();

            StreamedPages.fold(entities, stream.log.subList(first, first + 1));

            assertThat(holds(entities, stream.log.get(5))).isFalse();
        }
    }

    @Test
    void aDamagedPageIsCountedAndRefusedAndTheRestGoesOn() throws Exception {
        StreamedPages stream = new StreamedPages(4);
        stream.happen(20);
        Entry good = stream.log.get(3);
        byte[] damaged = good.value().clone();
        damaged[30] ^= 1;
        EntityPage page = EntityPageCodec.decode(good.key(), good.value());
        EntityPage shorter =
                new EntityPage(
                        page.schema(),
                        page.scope(),
                        page.key(),
                        Arrays.copyOf(page.record(), page.record().length - 1));
        EntityPage elsewhere = new EntityPage(page.schema(), 99, page.key(), page.record());
        try (ServedEntities entities = open(FEW)) {
            StreamedPages.fold(entities, stream.log);
            String digest = entities.digest();

            refused(entities, good.key(), damaged, "entity page: checksum");
            refused(entities, new byte[3], good.value(), "found a key of 3 bytes");
            refused(entities, good.key(), EntityPageCodec.value(shorter), "expected another key");
            refused(
                    entities,
                    EntityPageCodec.key(elsewhere),
                    EntityPageCodec.value(elsewhere),
                    "found scope 99, expected 0 to");
            entities.commit();

            assertThat(entities.figures().refused()).isEqualTo(4);
            assertThat(entities.digest()).isEqualTo(digest);
            assertThat(entities.position(0)).isEqualTo(new StreamPosition("topic", 1_000_001));
        }
    }

    private static void refused(ServedEntities entities, byte[] key, byte[] value, String why) {
        StreamPosition behind = new StreamPosition("topic", 1_000_001);
        assertThatThrownBy(() -> entities.apply(0, key, value, behind))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aPageOfAnotherSchemaIsCountedAndTakesTheRecordAwayAsCompactionDoes() throws Exception {
        StreamedPages stream = new StreamedPages(5);
        stream.happen(20);
        EntityPage page =
                EntityPageCodec.decode(stream.log.get(0).key(), stream.log.get(0).value());
        EntityPage foreign = new EntityPage(77, page.scope(), page.key(), page.record());
        stream.append(EntityPageCodec.key(foreign), EntityPageCodec.value(foreign));
        try (ServedEntities along = open(FEW);
                ServedEntities late = open(FEW)) {
            StreamedPages.fold(along, stream.log);
            StreamedPages.fold(late, stream.compacted(stream.log.size()));

            assertThat(along.figures().leftOut()).isEqualTo(1);
            assertThat(along.digest()).isEqualTo(late.digest());
            assertThat(holds(along, stream.log.get(0))).isFalse();
        }
    }

    @Test
    void anotherSchemaForgetsTheRecordsAndReadsTheTopicAgain() throws Exception {
        FeatureSchema other =
                new FeatureSchema(
                        StreamedPages.SCHEMA.features(),
                        StreamedPages.SCHEMA.streaming().subList(0, 3));
        StreamedPages stream = new StreamedPages(6);
        stream.happen(50);
        StreamedPages next = new StreamedPages(6, other);
        next.happen(50);
        try (ServedEntities entities = open(FEW)) {
            StreamedPages.fold(entities, stream.log);
            entities.adopt(StreamedPages.SCHEMA);
            assertThat(entities.isStale()).isFalse();

            entities.adopt(other);
            assertThat(entities.isStale()).isTrue();
            entities.rewind();

            assertThat(entities.isStale()).isFalse();
            assertThat(entities.position(0)).isNull();
            StreamedPages.fold(entities, next.log);
            try (ServedEntities fresh = new ServedEntities(new HeapRecords(), other, FEW)) {
                StreamedPages.fold(fresh, next.log);
                assertThat(entities.digest()).isEqualTo(fresh.digest());
            }
        }
    }

    private static boolean holds(ServedEntities entities, Entry entry) {
        EntityPageCodec.Name name = EntityPageCodec.name(entry.key());
        return entities.copy(name.scope(), name.key(), new long[64]);
    }
}
