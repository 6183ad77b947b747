package io.sluice.state.model;

import io.sluice.state.check.Checks;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.TableKind;
import io.sluice.state.sparse.baseline.BaselineConfig;
import io.sluice.state.tower.TowerConfig;
import java.io.Serializable;

/**
 * Settings of the factorisation machine. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param dimensions length of each embedding, 1 to 256
 * @param learningRate AdaGrad step of the embeddings, (0, 10]
 * @param linearLearningRate AdaGrad step of the linear weights and the bias, (0, 10]
 * @param numberLearningRate AdaGrad step of the curves of numbers, (0, 10]
 * @param initialAccumulator what AdaGrad's sums of squared gradients start from, (0, 100]; larger
 *     makes the first steps smaller
 * @param decay factor applied to a row's sums of squared gradients at each of its steps, (0, 1]; 1
 *     is plain AdaGrad, below 1 the step never dies out
 * @param evenDimensions whether a row's one sum of squared gradients is shared out over the
 *     dimensions of its embedding, so that dimensions of large gradients step less
 * @param initialScale standard deviation of new embedding values, [0, 10]
 * @param l2 pull of touched embedding values towards 0, [0, 10]
 * @param linearL2 pull of touched linear weights towards 0, [0, 10]
 * @param negativeKeepRate share of negatives that are learnt, (0, 1]; predictions stay calibrated
 * @param memory most bytes that the model may hold
 * @param store how it uses them; without effect when there is no limit
 * @param table which table holds the rows
 * @param baseline settings of the tables that are baselines
 * @param sparsity which weights are active
 * @param tower the network over the embeddings
 * @param focus which examples and gradients are learnt less than others
 * @param freezeAfter examples after which nothing is learnt any more, at least 1; 0: never
 * @param seed seed of all random choices
 */
public record ModelConfig(
        int dimensions,
        double learningRate,
        double linearLearningRate,
        double numberLearningRate,
        double initialAccumulator,
        double decay,
        boolean evenDimensions,
        double initialScale,
        double l2,
        double linearL2,
        double negativeKeepRate,
        MemoryBudget memory,
        StoreConfig store,
        TableKind table,
        BaselineConfig baseline,
        SparsityConfig sparsity,
        TowerConfig tower,
        FocusConfig focus,
        long freezeAfter,
        long seed)
        implements Serializable {

    public ModelConfig {
        Checks.inRange("model.dimensions", dimensions, 1, 256);
        Checks.above("model.learningRate", learningRate, 0, 10);
        Checks.above("model.linearLearningRate", linearLearningRate, 0, 10);
        Checks.above("model.numberLearningRate", numberLearningRate, 0, 10);
        Checks.above("model.initialAccumulator", initialAccumulator, 0, 100);
        Checks.above("model.decay", decay, 0, 1);
        Checks.inRange("model.initialScale", initialScale, 0, 10);
        Checks.inRange("model.l2", l2, 0, 10);
        Checks.inRange("model.linearL2", linearL2, 0, 10);
        Checks.above("model.negativeKeepRate", negativeKeepRate, 0, 1);
        Checks.notNull("model.memory", memory);
        Checks.notNull("model.store", store);
        Checks.notNull("model.table", table);
        Checks.notNull("model.baseline", baseline);
        Checks.notNull("model.sparsity", sparsity);
        Checks.notNull("model.tower", tower);
        Checks.notNull("model.focus", focus);
        Checks.notNegative("model.freezeAfter", freezeAfter);
    }

    /** A model whose table grows without limit and whose rows step with one sum each. */
    public ModelConfig(
            int dimensions,
            double learningRate,
            double linearLearningRate,
            double numberLearningRate,
            double initialAccumulator,
            double decay,
            double initialScale,
            double l2,
            double linearL2,
            double negativeKeepRate,
            long seed) {
        this(
                dimensions,
                learningRate,
                linearLearningRate,
                numberLearningRate,
                initialAccumulator,
                decay,
                false,
                initialScale,
                l2,
                linearL2,
                negativeKeepRate,
                MemoryBudget.NONE,
                StoreConfig.DEFAULT,
                TableKind.OWN,
                BaselineConfig.DEFAULT,
                SparsityConfig.DEFAULT,
                TowerConfig.NONE,
                FocusConfig.NONE,
                0,
                seed);
    }

    /** The same model with what is left of its budget beside so many bytes. */
    public ModelConfig beside(long bytes) {
        return memory.isLimited() && bytes > 0
                ? within(new MemoryBudget(memory.bytes() - bytes), store)
                : this;
    }

    /** The same model under a budget. */
    public ModelConfig within(MemoryBudget budget, StoreConfig how) {
        return with(budget, how, table, baseline, sparsity, tower, focus);
    }

    /** The same model over another table. */
    public ModelConfig over(TableKind other, BaselineConfig settings) {
        return with(memory, store, other, settings, sparsity, tower, focus);
    }

    /** The same model with masks. */
    public ModelConfig with(SparsityConfig other) {
        return with(memory, store, table, baseline, other, tower, focus);
    }

    /** The same model with a tower. */
    public ModelConfig with(TowerConfig other) {
        return with(memory, store, table, baseline, sparsity, other, focus);
    }

    /** The same model with examples and gradients weighed. */
    public ModelConfig with(FocusConfig other) {
        return with(memory, store, table, baseline, sparsity, tower, other);
    }

    /** The same model, which stops learning after so many examples; 0: never. */
    public ModelConfig freezingAfter(long examples) {
        return with(
                memory, store, table, baseline, sparsity, tower, focus, examples, evenDimensions);
    }

    /** The same model, with sums shared out over dimensions or not. */
    public ModelConfig withEvenDimensions(boolean even) {
        return with(memory, store, table, baseline, sparsity, tower, focus, freezeAfter, even);
    }

    private ModelConfig with(
            MemoryBudget otherMemory,
            StoreConfig otherStore,
            TableKind otherTable,
            BaselineConfig otherBaseline,
            SparsityConfig otherSparsity,
            TowerConfig otherTower,
            FocusConfig otherFocus) {
        return with(
                otherMemory,
                otherStore,
                otherTable,
                otherBaseline,
                otherSparsity,
                otherTower,
                otherFocus,
                freezeAfter,
                evenDimensions);
    }

    private ModelConfig with(
            MemoryBudget otherMemory,
            StoreConfig otherStore,
            TableKind otherTable,
            BaselineConfig otherBaseline,
            SparsityConfig otherSparsity,
            TowerConfig otherTower,
            FocusConfig otherFocus,
            long otherFreeze,
            boolean even) {
        return new ModelConfig(
                dimensions,
                learningRate,
                linearLearningRate,
                numberLearningRate,
                initialAccumulator,
                decay,
                even,
                initialScale,
                l2,
                linearL2,
                negativeKeepRate,
                otherMemory,
                otherStore,
                otherTable,
                otherBaseline,
                otherSparsity,
                otherTower,
                otherFocus,
                otherFreeze,
                seed);
    }
}
