package io.sluice.state.model;

import io.sluice.state.sparse.BudgetedEmbeddingTable;
import io.sluice.state.sparse.DenseEmbeddingTable;
import io.sluice.state.sparse.EmbeddingTable;
import io.sluice.state.sparse.RowInitializer;
import io.sluice.state.sparse.baseline.Baselines;
import io.sluice.state.sparse.baseline.StepSizes;
import io.sluice.state.sparse.baseline.TableSettings;

/** Makes the table that a configuration asks for. */
final class RowTables {

    private RowTables() {}

    /**
     * The table.
     *
     * @param fields how many fields vectors have
     * @param besides bytes of the budget that something else takes
     */
    static EmbeddingTable of(ModelConfig config, int fields, long besides) {
        RowInitializer initializer = RowLayout.initializer(config);
        if (config.table().isBaseline()) {
            return Baselines.of(config.table(), baseline(config, besides, initializer));
        }
        return config.memory().isLimited()
                ? new BudgetedEmbeddingTable(
                        config.memory().without(besides),
                        config.store(),
                        config.dimensions(),
                        fields,
                        config.seed(),
                        initializer)
                : new DenseEmbeddingTable(config.dimensions(), initializer);
    }

    private static TableSettings baseline(
            ModelConfig config, long besides, RowInitializer initializer) {
        return new TableSettings(
                config.memory().without(besides),
                config.dimensions(),
                config.store(),
                config.baseline(),
                new StepSizes(
                        (float) config.learningRate(),
                        (float) config.linearLearningRate(),
                        (float) config.initialAccumulator(),
                        (float) config.decay()),
                config.seed(),
                initializer);
    }
}
