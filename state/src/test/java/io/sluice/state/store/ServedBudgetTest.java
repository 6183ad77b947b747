package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.RerankRequest;
import io.sluice.state.model.PageKind;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A view of a model that narrows rows and evicts them. */
class ServedBudgetTest {

    @ParameterizedTest
    @EnumSource
    void aScoreEqualsThatOfTheLearnerBitForBit(ValueFormat format) throws IOException {
        TrainedPages trainer = trainer(format);
        ServedModel model = new ServedModel(new HeapServedRows());
        int folded = 0;
        for (int round = 0; round < 150; round++) {
            trainer.learn(300);
            trainer.publish();
            ServedModelTest.fold(model, trainer.log.subList(folded, trainer.log.size()));
            folded = trainer.log.size();

            for (int i = 0; i < 3; i++) {
                RerankRequest request = trainer.anyRequest();
                assertThat(ServedModelTest.scores(model, request))
                        .isEqualTo(trainer.expectedScores(request));
            }
            assertThat(model.figures().rows()).isEqualTo(trainer.learner.model().rows());
        }

        assertThat(tombstones(trainer)).isPositive();
        model.close();
    }

    @Test
    void aTrainerThatPublishesTooSeldomToNameTheDeadStartsTheViewAnew() throws IOException {
        TrainedPages trainer = trainer(ValueFormat.INT8);
        ServedModel model = new ServedModel(new HeapServedRows());
        trainer.learn(5000);
        trainer.publish();
        trainer.learn(40_000);
        int before = trainer.log.size();
        trainer.publish();

        ServedModelTest.fold(model, trainer.log);

        assertThat(trainer.log.get(before).page().kind()).isEqualTo(PageKind.SCHEMA);
        assertThat(model.figures().rows()).isEqualTo(trainer.learner.model().rows());
        RerankRequest request = trainer.anyRequest();
        assertThat(ServedModelTest.scores(model, request))
                .isEqualTo(trainer.expectedScores(request));
        model.close();
    }

    /** The run that starts anew also begins a lineage: a later run replaces its schema page. */
    @Test
    void whoReadsTheCompactedTopicAfterALaterRunKeepsNoDeadRow() throws IOException {
        TrainedPages trainer = trainer(ValueFormat.INT8);
        trainer.learn(5000);
        trainer.publish();
        int named = trainer.log.size();
        trainer.learn(40_000);
        trainer.publish();
        trainer.startRun(9);
        trainer.learn(10);
        trainer.publish();
        long rows = trainer.learner.model().rows();
        String expected = digest(trainer.log);

        // Without compaction, with all of it, and with that of each run by itself.
        for (int compactedTo : new int[] {0, named, trainer.log.size()}) {
            ServedModel model = new ServedModel(new HeapServedRows());
            ServedModelTest.fold(model, trainer.compacted(compactedTo));
            assertThat(model.figures().rows()).as("to %d", compactedTo).isEqualTo(rows);
            assertThat(model.digest()).isEqualTo(expected);
            model.close();
        }
        assertThat(trainer.compacted(trainer.log.size()))
                .as("dead rows that nobody names")
                .filteredOn(entry -> entry.page().kind() == PageKind.ROW && entry.offset() < named)
                .isNotEmpty();
    }

    private static String digest(List<TrainedPages.Entry> log) throws IOException {
        ServedModel model = new ServedModel(new HeapServedRows());
        ServedModelTest.fold(model, log);
        String digest = model.digest();
        model.close();
        return digest;
    }

    private static TrainedPages trainer(ValueFormat format) {
        TrainedPages trainer = TrainedPages.within(3, 1 << 16, StoreConfig.DEFAULT.with(format));
        trainer.users(5000);
        return trainer;
    }

    private static long tombstones(TrainedPages trainer) {
        return trainer.log.stream().filter(entry -> entry.page().isTombstone()).count();
    }
}
