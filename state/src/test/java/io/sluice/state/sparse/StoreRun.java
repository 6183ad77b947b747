package io.sluice.state.sparse;

import java.util.Random;

/** Drives a table as a model does, with made-up gradients. */
final class StoreRun {

    static final int K = 16;

    /** Of which rows have means; features beyond have none. */
    static final int FIELDS = 3;

    final BudgetedEmbeddingTable table;

    StoreRun(long budget, StoreConfig config) {
        table = table(budget, config);
    }

    static BudgetedEmbeddingTable table(long budget, StoreConfig config) {
        return new BudgetedEmbeddingTable(
                new MemoryBudget(budget), config, K, FIELDS, 5, StoreRun::initialize);
    }

    static StoreConfig config(ValueFormat format, long expireEvents) {
        return config(format, 0.1, expireEvents);
    }

    static StoreConfig config(ValueFormat format, double floatShare, long expireEvents) {
        return new StoreConfig(
                format, floatShare, 0.5, 4, 3000, 500, expireEvents, 1, 1.25, 4, 0.3, 0.02, 9000);
    }

    private static void initialize(long key, float[] out, int from, int width) {
        out[from] = 0;
        for (int d = 1; d <= width; d++) {
            out[from + d] = (float) (0.02 * Math.sin(key * 0.7 + d));
        }
        out[from + K + 1] = 0.1f;
        out[from + K + 2] = 0.1f;
    }

    /** Learns one example of these keys; field 1, 2, … in order. */
    void learn(Random random, long... keys) {
        table.begin(keys.length);
        for (int i = 0; i < keys.length; i++) {
            table.open(i, keys[i], i + 1);
        }
        float importance = random.nextFloat();
        for (int i = 0; i < keys.length; i++) {
            table.claim(i, keys[i], i + 1, importance);
        }
        float[] others = new float[K];
        for (int d = 0; d < K; d++) {
            others[d] = random.nextFloat();
        }
        float[] values = table.values();
        for (int i = 0; i < keys.length; i++) {
            if (table.isOpen(i)) {
                int at = table.position(i);
                for (int d = 0; d <= table.width(i); d++) {
                    values[at + d] += 0.1f * (float) random.nextGaussian();
                }
                values[at + K + 1] += 0.01f;
                values[at + K + 2] += 0.01f;
                table.press(i, importance, others);
            }
        }
        table.commit(importance);
    }
}
