package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.RerankRequest;
import io.sluice.state.model.PageKind;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A view of a model that turns ids away, narrows rows and evicts them. */
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

        assertThat(trainer.learner.model().fallback()).isNotNull();
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

    private static TrainedPages trainer(ValueFormat format) {
        TrainedPages trainer = TrainedPages.within(3, 1 << 16, StoreConfig.DEFAULT.with(format));
        trainer.users(5000);
        return trainer;
    }

    private static long tombstones(TrainedPages trainer) {
        return trainer.log.stream().filter(entry -> entry.page().isTombstone()).count();
    }
}
