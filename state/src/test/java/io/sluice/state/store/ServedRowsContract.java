package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.codec.PagePayloads;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.store.TrainedPages.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store must keep. */
public abstract class ServedRowsContract {

    /** A store without content. */
    protected abstract ServedRows create() throws IOException;

    /** The same store as another process would find it, or the same one if it does not persist. */
    protected abstract ServedRows reopen(ServedRows rows) throws IOException;

    @Test
    void theViewIsTheSameAfterCompactionRepetitionAndRestart() throws IOException {
        long seed = Long.getLong("sluice.seed", 1);
        TrainedPages trainer = history(seed);
        String expected;
        try (ServedModel straight = new ServedModel(new HeapServedRows())) {
            ServedModelTest.fold(straight, trainer.log);
            expected = straight.digest();
        }
        Random random = new Random(seed);

        for (int round = 0; round < 4; round++) {
            String means = "seed " + seed + ", round " + round;
            List<Entry> entries =
                    round == 0
                            ? trainer.log
                            : trainer.compacted(random.nextInt(trainer.log.size()));
            assertThat(foldWithRestarts(entries, random)).as(means).isEqualTo(expected);
        }
        assertThat(foldWithRestarts(repeated(trainer.log, random), random))
                .as("repeated, seed " + seed)
                .isEqualTo(expected);
    }

    /** Several runs, tombstones for rows that are learnt again or not. */
    private static TrainedPages history(long seed) {
        TrainedPages trainer = new TrainedPages(seed);
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            trainer.learn(random.nextInt(60));
            if (i % 4 == 3) {
                trainer.startRun(1 + i / 4);
            }
            if (i > 0) {
                long key = trainer.log.get(random.nextInt(trainer.log.size())).page().id();
                if (key != 0) {
                    trainer.append(new Page(PageKind.ROW, key, new PageVersion(0, 0), null));
                }
            }
            trainer.publish();
        }
        return trainer;
    }

    /** A producer that sends some of its last records again, from one point on. */
    private static List<Entry> repeated(List<Entry> log, Random random) {
        List<Entry> twice = new ArrayList<>(log);
        int from = log.size() - 1 - random.nextInt(5);
        twice.addAll(log.subList(from, log.size()));
        List<Entry> numbered = new ArrayList<>();
        for (Entry entry : twice) {
            numbered.add(new Entry(numbered.size(), entry.page()));
        }
        return numbered;
    }

    private String foldWithRestarts(List<Entry> entries, Random random) throws IOException {
        ServedRows rows = create();
        ServedModel model = new ServedModel(rows);
        int at = 0;
        // Few enough to end: a store that doesn't persist starts over at each of them.
        int restarts = 5;
        while (at < entries.size()) {
            model.apply(entries.get(at).page(), entries.get(at).behind());
            at++;
            if (restarts > 0 && random.nextInt(40) == 0) {
                restarts--;
                rows = reopen(rows);
                model = new ServedModel(rows);
                at = indexOf(model.position(), entries);
            }
        }
        String digest = model.digest();
        model.close();
        return digest;
    }

    private static int indexOf(StreamPosition position, List<Entry> entries) {
        int at = 0;
        while (position != null
                && at < entries.size()
                && entries.get(at).offset() < position.next()) {
            at++;
        }
        return at;
    }

    @Test
    void aModelFromNothingLeavesNothingOfTheOldRanker() throws IOException {
        TrainedPages trainer = new TrainedPages(8);
        trainer.publish();
        RankerHead learnt = RankerHead.plain(RankerHead.Policy.ELIMINATION, 4);
        trainer.append(
                new Page(PageKind.RANKER, 0, new PageVersion(1, 50), PagePayloads.ranker(learnt)));
        trainer.learn(50);
        trainer.publish();
        trainer.startAnew(2, 4);
        trainer.learn(20);
        trainer.publish();
        int begun = trainer.log.size();
        trainer.startRun(3); // and the schema page that began it is gone after compaction
        trainer.learn(20);
        trainer.publish();

        for (int upTo : new int[] {0, begun, trainer.log.size()}) {
            ServedRows rows = create();
            ServedModel model = new ServedModel(rows);
            for (Entry entry : trainer.compacted(upTo)) {
                model.apply(entry.page(), entry.behind());
                if (entry.offset() + 1 >= begun) {
                    assertThat(policyOf(model)).as("%d", upTo).isEqualTo(RankerHead.Policy.SORT);
                    // What another process would find.
                    assertThat(policyOf(new ServedModel(rows))).isEqualTo(RankerHead.Policy.SORT);
                }
            }
            model.close();
        }
    }

    private static RankerHead.Policy policyOf(ServedModel model) {
        return model.score(new TrainedPages(1).anyRequest(), Deadline.none()).head().policy();
    }

    @Test
    void aModelFromNothingLeavesNoRowOfTheOldOne() throws IOException {
        TrainedPages trainer = new TrainedPages(8);
        trainer.learn(200);
        trainer.publish();
        int old = trainer.log.size();
        trainer.startAnew(1, 4);
        trainer.learn(5);
        trainer.publish();
        String expected;
        try (ServedModel alone = new ServedModel(new HeapServedRows())) {
            ServedModelTest.fold(alone, trainer.log.subList(old, trainer.log.size()));
            expected = alone.digest();
        }

        try (ServedModel model = new ServedModel(create())) {
            ServedModelTest.fold(model, trainer.log);
            assertThat(model.digest()).isEqualTo(expected);
        }
    }

    @Test
    void aServerThatStartsEmptyLaterFindsNoRowOfAnOldModelEither() throws IOException {
        TrainedPages trainer = new TrainedPages(8);
        trainer.learn(200);
        trainer.publish();
        int old = trainer.log.size();
        trainer.startAnew(2, 4);
        trainer.learn(5);
        trainer.publish();
        // Its schema page takes the place of the one that said that all before it was void.
        trainer.startRun(3);
        trainer.learn(5);
        trainer.publish();
        String expected;
        try (ServedModel alone = new ServedModel(new HeapServedRows())) {
            ServedModelTest.fold(alone, trainer.log.subList(old, trainer.log.size()));
            expected = alone.digest();
        }

        for (int compactedTo : new int[] {0, old, trainer.log.size()}) {
            try (ServedModel model = new ServedModel(create())) {
                ServedModelTest.fold(model, trainer.compacted(compactedTo));
                assertThat(model.digest()).as("compacted to %d", compactedTo).isEqualTo(expected);
            }
        }
    }

    @Test
    void rowsOfAnOldModelThatWereStagedInPartsAreRemovedToo() throws IOException {
        TrainedPages trainer = new TrainedPages(9);
        trainer.learn(20);
        trainer.publish();
        Page any = trainer.log.get(1).page();
        for (int i = 0; i < ServedModel.MOST_WAITING + 1000; i++) {
            trainer.append(new Page(PageKind.ROW, 1 + i, any.version(), any.payload()));
        }
        trainer.startAnew(2, 4);
        trainer.learn(5);
        trainer.publish();
        trainer.startRun(3);
        trainer.publish();
        ServedRows rows = create();

        try (ServedModel model = new ServedModel(rows)) {
            ServedModelTest.fold(model, trainer.compacted(trainer.log.size()));

            assertThat(rows.copy(1, new float[5])).isFalse();
            int[] held = {0};
            rows.scan((key, payload) -> held[0]++);
            assertThat(held[0]).isEqualTo(trainer.learner.model().rows());
        }
    }

    @Test
    void stagedRowsShowOnlyAfterTheCommit() throws IOException {
        TrainedPages trainer = new TrainedPages(3);
        trainer.learn(20);
        trainer.publish();
        try (ServedRows rows = create()) {
            float[] row = new float[5];
            long key = ServedModelTest.firstRow(trainer.log);
            List<Page> pages = trainer.log.stream().map(Entry::page).toList();

            rows.stage(
                    new PageBatch(
                            pages, true, false, 0, new StreamPosition("topic", pages.size())));
            assertThat(rows.copy(key, row)).isFalse();

            rows.commit();
            assertThat(rows.copy(key, row)).isTrue();
            assertThat(rows.copy(key, new float[7])).as("row of another width").isFalse();
            assertThat(rows.copy(12345, row)).as("a key without row").isFalse();
        }
    }

    @Test
    void rowsThatAreLookedUpTogetherAreThoseThatAreLookedUpAlone() throws IOException {
        findsWhatItCopies(create());
    }

    /** Fills a store and looks all of its rows up, and as many that don't exist, some twice. */
    protected static void findsWhatItCopies(ServedRows rows) throws IOException {
        TrainedPages trainer = new TrainedPages(6);
        trainer.learn(300);
        trainer.publish();
        try (ServedModel model = new ServedModel(rows)) {
            ServedModelTest.fold(model, trainer.log);
            List<Long> keys = new ArrayList<>();
            rows.scan((key, payload) -> keys.add(key));
            int there = keys.size();
            for (int i = 0; i < there; i++) {
                keys.add(keys.get(i) ^ 0x5555L);
            }
            keys.addAll(keys.subList(0, 10));
            Collections.shuffle(keys, new Random(6));
            RowPlaces found = new RowPlaces(5);
            RowPlaces wider = new RowPlaces(7);
            // Twice: what is left of the first must not show in the second.
            for (int from : new int[] {keys.size() / 2, 0}) {
                found.clear();
                wider.clear();
                keys.subList(from, keys.size()).forEach(found::ask);
                keys.subList(from, keys.size()).forEach(wider::ask);
                rows.find(found);
                rows.find(wider);
                for (int i = 0; i < found.size(); i++) {
                    float[] row = new float[5];
                    boolean isThere = rows.copy(found.key(i), row);
                    assertThat(found.isThere(i)).as("row %x", found.key(i)).isEqualTo(isThere);
                    if (isThere) {
                        int at = found.at(i);
                        assertThat(Arrays.copyOfRange(found.table(i), at, at + 5)).isEqualTo(row);
                    }
                    assertThat(wider.isThere(i)).as("row of another width").isFalse();
                }
            }
            assertThat(there).isGreaterThan(100);
        }
    }

    @Test
    void aClearedStoreIsAsNew() throws IOException {
        TrainedPages trainer = new TrainedPages(4);
        trainer.learn(50);
        trainer.publish();
        ServedRows rows = create();
        try (ServedModel model = new ServedModel(rows)) {
            ServedModelTest.fold(model, trainer.log);
            String digest = model.digest();

            model.clear();

            assertThat(model.manifest()).isNull();
            assertThat(model.position()).isNull();
            assertThat(rows.copy(ServedModelTest.firstRow(trainer.log), new float[5])).isFalse();
            ServedModelTest.fold(model, trainer.log);
            assertThat(model.digest()).isEqualTo(digest);
        }
    }

    @Test
    void aPublicationLargerThanMemoryAllowsIsStillAppliedAsOne() throws IOException {
        TrainedPages trainer = new TrainedPages(5);
        trainer.learn(50);
        trainer.publish();
        List<Entry> log = new ArrayList<>(trainer.log);
        Entry manifest = log.remove(log.size() - 1);
        Page any = log.get(1).page();
        int extra = ServedModel.MOST_WAITING + 1000;
        for (int i = 0; i < extra; i++) {
            Page row = new Page(PageKind.ROW, 1 + i, any.version(), any.payload());
            log.add(new Entry(log.size(), row));
        }
        ServedRows rows = create();
        float[] row = new float[5];
        try (ServedModel model = new ServedModel(rows)) {

            ServedModelTest.fold(model, log);
            assertThat(rows.copy(1, row)).isFalse();
            ServedModelTest.fold(model, List.of(new Entry(log.size(), manifest.page())));

            assertThat(rows.copy(1, row)).isTrue();
            assertThat(rows.copy(extra, row)).isTrue();
        }
    }
}
