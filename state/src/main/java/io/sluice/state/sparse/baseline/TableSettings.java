package io.sluice.state.sparse.baseline;

import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.RowInitializer;
import io.sluice.state.sparse.StoreConfig;

/**
 * What all baselines are made from.
 *
 * @param budget most bytes
 * @param dimensions length of the embeddings
 * @param store format of the values and half-life of counts
 * @param baseline settings of one's own
 * @param steps of the optimiser
 * @param seed of roundings and samples
 * @param initializer fills a new row
 */
public record TableSettings(
        MemoryBudget budget,
        int dimensions,
        StoreConfig store,
        BaselineConfig baseline,
        StepSizes steps,
        long seed,
        RowInitializer initializer) {

    /**
     * Examples after which counts have faded to a half: at least four for each row, as the store.
     */
    long halfLife(int rows) {
        return Math.max(store.halfLifeEvents(), 4L * rows);
    }

    /**
     * The most rows that fit.
     *
     * @param fixed bytes that do not depend on the rows
     * @param perRow bytes of each, rounded up
     */
    int rows(long fixed, double perRow) {
        long rows = (long) ((budget.bytes() - fixed) / perRow);
        if (rows < 64) {
            throw new IllegalArgumentException(
                    "model.memory must hold 64 rows or more of %.0f bytes, found %d bytes; fewer model.dimensions need less"
                            .formatted(perRow, budget.bytes()));
        }
        return (int) Math.min(1 << 28, rows);
    }
}
