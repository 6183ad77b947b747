package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.RerankRequest;
import io.sluice.state.mask.DensityAllocation;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.mask.SparsityMethod;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.model.PageKind;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.store.rocksdb.RocksServedRows;
import io.sluice.state.tower.TowerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A view of a model whose masks move and that has a tower. */
class ServedTowerTest {

    private static final ModelConfig PLAIN = TrainedPages.config(4);
    private static final TowerConfig TOWER =
            new TowerConfig(32, 2, 0.5, DensityAllocation.UNIFORM, 0.1);

    @ParameterizedTest
    @EnumSource
    void aScoreEqualsThatOfTheLearnerBitForBit(SparsityMethod method) throws IOException {
        TrainedPages trainer = trainer(PLAIN.with(sparsity(method)).with(TOWER));
        ServedModel model = new ServedModel(new HeapServedRows());
        int folded = 0;
        for (int round = 0; round < 12; round++) {
            trainer.learn(90);
            trainer.publish();
            ServedModelTest.fold(model, trainer.log.subList(folded, trainer.log.size()));
            folded = trainer.log.size();

            assertServes(model, trainer);
        }
        model.close();
    }

    @Test
    void soItDoesWithinABudget() throws IOException {
        ModelConfig config =
                PLAIN.within(new MemoryBudget(1 << 17), StoreConfig.DEFAULT).with(TOWER);
        TrainedPages trainer = trainer(config);
        trainer.users(5000);
        ServedModel model = new ServedModel(new HeapServedRows());
        trainer.learn(20_000);
        trainer.publish();

        ServedModelTest.fold(model, trainer.log);

        assertServes(model, trainer);
        model.close();
    }

    @Test
    void aStoreOnDiskHoldsTheTowerOverARestart(@TempDir Path directory) throws IOException {
        TrainedPages trainer = trainer(PLAIN.with(TOWER));
        trainer.learn(300);
        trainer.publish();
        String digest;
        try (ServedModel model = new ServedModel(new RocksServedRows(directory, 100))) {
            ServedModelTest.fold(model, trainer.log);
            assertServes(model, trainer);
            digest = model.digest();
        }

        try (ServedModel model = new ServedModel(new RocksServedRows(directory, 100))) {
            assertServes(model, trainer);
            assertThat(model.digest()).isEqualTo(digest);
        }
    }

    @Test
    void aManifestBeforeItsTowerClosesNothing() throws IOException {
        TrainedPages trainer = trainer(PLAIN.with(TOWER));
        trainer.learn(100);
        trainer.publish();
        List<TrainedPages.Entry> withoutTower =
                trainer.log.stream()
                        .filter(entry -> entry.page().kind() != PageKind.TOWER)
                        .toList();
        ServedModel model = new ServedModel(new HeapServedRows());

        ServedModelTest.fold(model, withoutTower);
        assertThat(model.manifest()).isNull();
        int before = trainer.log.size();
        trainer.learn(100);
        trainer.publish();
        ServedModelTest.fold(model, trainer.log.subList(before, trainer.log.size()));

        assertServes(model, trainer);
        model.close();
    }

    @Test
    void aModelWithoutATowerDoesNotTakeOverAnOldOne() throws IOException {
        TrainedPages trainer = trainer(PLAIN.with(TOWER));
        trainer.learn(300);
        trainer.publish();
        trainer.startAnew(2, PLAIN);
        trainer.learn(300);
        trainer.publish();
        ServedModel model = new ServedModel(new HeapServedRows());

        ServedModelTest.fold(model, trainer.compacted(trainer.log.size()));

        assertServes(model, trainer);
        model.close();
    }

    private static void assertServes(ServedModel model, TrainedPages trainer) {
        for (int i = 0; i < 3; i++) {
            RerankRequest request = trainer.anyRequest();
            assertThat(ServedModelTest.scores(model, request))
                    .isEqualTo(trainer.expectedScores(request));
        }
    }

    private static SparsityConfig sparsity(SparsityMethod method) {
        return new SparsityConfig(method, 0.5, 64, 16, 0.5, 0.1, 1000);
    }

    private static TrainedPages trainer(ModelConfig config) {
        return new TrainedPages(3, config, TrainedPages.SCHEMA);
    }
}
