package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.event.RerankRequest;
import io.sluice.state.event.ShownMemory;
import io.sluice.state.memory.ExplainedVoice;
import io.sluice.state.memory.LshConfig;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryKeys;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.model.PageKind;
import io.sluice.state.rank.Deadline;
import io.sluice.state.store.rocksdb.RocksServedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A view of a model with a memory of errors. */
class ServedMemoryTest {

    private static final MemoryConfig MEMORY = MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL);

    /** Codes whose encoder begins a version every now and then. */
    private static final MemoryConfig CODED =
            MEMORY.with(
                    new MemoryKeys(
                            List.of(
                                    List.of("user"),
                                    List.of("item"),
                                    List.of("lsh"),
                                    List.of("genre", "lsh"))),
                    new LshConfig(4, 100, 0.7));

    private static Stream<Arguments> memories() {
        return Stream.of(
                Arguments.of(MEMORY, 12),
                Arguments.of(MemoryConfig.DEFAULT.with(MemoryMode.RELOOP2), 1),
                Arguments.of(CODED, 12));
    }

    @ParameterizedTest
    @MethodSource("memories")
    void aScoreEqualsThatOfTheLearnerBitForBitWhileBothGoOn(MemoryConfig memory, int voices)
            throws IOException {
        TrainedPages trainer = TrainedPages.remembering(1, memory);
        ServedModel model = new ServedModel(new HeapServedRows());
        int folded = 0;
        boolean moved = false;
        for (int round = 0; round < 40; round++) {
            trainer.learn(50);
            trainer.publish();
            ServedModelTest.fold(model, trainer.log.subList(folded, trainer.log.size()));
            folded = trainer.log.size();

            RerankRequest request = trainer.anyRequest();
            assertThat(ServedModelTest.scores(model, request))
                    .isEqualTo(trainer.expectedScores(request));
            moved |= movesAnything(model, request, voices);
        }
        assertThat(moved).isTrue();
        model.close();
    }

    private static boolean movesAnything(ServedModel model, RerankRequest request, int voices) {
        ScoredRequest scored = model.score(request, Deadline.none());
        ShownMemory first = scored.memory().shown(0);
        assertThat(first.corrections()).hasSize(voices);
        return first.base() != scored.scores()[0];
    }

    @Test
    void aStoreOnDiskGoesOnWhereItEndedWithTheSameMemory(@TempDir Path directory)
            throws IOException {
        TrainedPages trainer = TrainedPages.remembering(2);
        trainer.learn(600);
        trainer.publish();
        int cut = trainer.log.size();
        trainer.learn(300);
        trainer.publish();
        ServedModel heap = new ServedModel(new HeapServedRows());
        ServedModelTest.fold(heap, trainer.log);
        RerankRequest request = trainer.anyRequest();

        try (ServedModel first = new ServedModel(new RocksServedRows(directory, 100))) {
            ServedModelTest.fold(first, trainer.log.subList(0, cut));
        }
        try (ServedModel second = new ServedModel(new RocksServedRows(directory, 100))) {
            ServedModelTest.fold(second, trainer.log.subList(cut, trainer.log.size()));
            assertThat(second.digest()).isEqualTo(heap.digest());
            assertThat(ServedModelTest.scores(second, request))
                    .isEqualTo(trainer.expectedScores(request));
        }
        try (ServedModel third = new ServedModel(new RocksServedRows(directory, 100))) {
            assertThat(ServedModelTest.scores(third, request))
                    .isEqualTo(trainer.expectedScores(request));
        }
        heap.close();
    }

    @Test
    void aCompactedTopicGivesTheSameView() throws IOException {
        TrainedPages trainer = TrainedPages.remembering(3);
        for (int i = 0; i < 8; i++) {
            trainer.learn(200);
            trainer.publish();
        }
        ServedModel whole = fold(trainer.log);
        ServedModel compacted = fold(trainer.compacted(trainer.log.size()));

        RerankRequest request = trainer.anyRequest();
        assertThat(compacted.digest()).isEqualTo(whole.digest());
        assertThat(ServedModelTest.scores(compacted, request))
                .isEqualTo(trainer.expectedScores(request));
    }

    @Test
    void aModelFromNothingVoidsTheMemoryBefore() throws IOException {
        TrainedPages trainer = TrainedPages.remembering(4);
        trainer.learn(1500);
        trainer.publish();
        trainer.startAnew(2, 4);
        trainer.learn(300);
        trainer.publish();

        for (List<TrainedPages.Entry> log :
                List.of(trainer.log, trainer.compacted(trainer.log.size()))) {
            RerankRequest request = trainer.anyRequest();
            assertThat(ServedModelTest.scores(fold(log), request))
                    .isEqualTo(trainer.expectedScores(request));
        }
    }

    @Test
    void aMemorySwitchedOffAndOnAgainServesNothingOfWhatItWas() throws IOException {
        TrainedPages trainer = TrainedPages.remembering(5);
        trainer.learn(1500);
        trainer.publish();
        trainer.restore(2, MemoryConfig.NONE);
        trainer.learn(100);
        trainer.publish();
        RerankRequest without = trainer.anyRequest();
        assertThat(ServedModelTest.scores(fold(trainer.log), without))
                .isEqualTo(trainer.expectedScores(without));

        trainer.restore(3, MEMORY);
        trainer.learn(100);
        trainer.publish();

        for (List<TrainedPages.Entry> log :
                List.of(trainer.log, trainer.compacted(trainer.log.size()))) {
            RerankRequest request = trainer.anyRequest();
            assertThat(ServedModelTest.scores(fold(log), request))
                    .isEqualTo(trainer.expectedScores(request));
        }
    }

    @Test
    void saysWhatEachKeyDidToAScoreWhenAsked() throws IOException {
        TrainedPages trainer = TrainedPages.remembering(7);
        trainer.learn(1500);
        trainer.publish();
        RerankRequest asked = trainer.anyRequest();
        RerankRequest explained = explained(asked);

        ScoredRequest quiet = fold(trainer.log).score(asked, Deadline.none());
        ScoredRequest scored = fold(trainer.log).score(explained, Deadline.none());

        assertThat(quiet.memory().explained(0)).isEmpty();
        List<ExplainedVoice> voices = scored.memory().explained(0);
        assertThat(voices).hasSize(12);
        assertThat(voices.get(0).name()).isEqualTo("user, fast");
        assertThat(voices.get(0).evidence()).isPositive();
        double sum = voices.stream().mapToDouble(v -> v.says() * v.counts()).sum();
        double moved = logit(scored.scores()[0]) - logit(scored.memory().base(0));
        // The mixture is one of probabilities, so in log-odds the parts add up only nearly.
        assertThat(moved).isCloseTo(sum, within(0.05));
    }

    private static RerankRequest explained(RerankRequest asked) {
        return new RerankRequest(
                asked.request(),
                10_000,
                asked.user(),
                asked.context(),
                asked.items(),
                0,
                true,
                List.of(),
                List.of(),
                0);
    }

    @Test
    void namesTheVersionOfTheCodesToo() throws IOException {
        TrainedPages trainer = TrainedPages.remembering(8, CODED);
        trainer.learn(1500);
        trainer.publish();
        RerankRequest asked = trainer.anyRequest();
        RerankRequest explained = explained(asked);

        List<ExplainedVoice> voices =
                fold(trainer.log).score(explained, Deadline.none()).memory().explained(0);

        assertThat(voices.get(6).name()).isEqualTo(trainer.learner.memory().voice(6));
        assertThat(voices.get(6).name()).matches("lsh, version [1-9][0-9]*, fast");
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    @Test
    void publishesOnlyBlocksThatChanged() {
        TrainedPages trainer = TrainedPages.remembering(6);
        trainer.learn(200);
        trainer.publish();
        int before = trainer.log.size();
        trainer.learn(1);
        trainer.publish();

        long blocks =
                trainer.log.subList(before, trainer.log.size()).stream()
                        .filter(entry -> entry.page().kind() == PageKind.MEMORY)
                        .count();
        assertThat(blocks).isBetween(1L, 4L);
    }

    private static ServedModel fold(List<TrainedPages.Entry> log) throws IOException {
        ServedModel model = new ServedModel(new HeapServedRows());
        ServedModelTest.fold(model, log);
        return model;
    }
}
