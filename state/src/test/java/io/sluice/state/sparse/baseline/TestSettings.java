package io.sluice.state.sparse.baseline;

import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;

/** Small tables whose first values can be worked out by hand. */
final class TestSettings {

    static final float RATE = 0.5f;
    static final float LINEAR_RATE = 0.25f;
    static final float SUM = 1;

    /** What new rows hold in every dimension. */
    static final float FIRST = 0.125f;

    private TestSettings() {}

    static TableSettings of(int dimensions, ValueFormat format, BaselineConfig baseline) {
        return new TableSettings(
                new MemoryBudget(1 << 16),
                dimensions,
                StoreConfig.DEFAULT.with(format),
                baseline,
                new StepSizes(RATE, LINEAR_RATE, SUM, 1),
                7,
                (key, row, from, width) -> {
                    row[from] = 0;
                    for (int d = 1; d <= dimensions; d++) {
                        row[from + d] = FIRST;
                    }
                    row[from + dimensions + 1] = SUM;
                    row[from + dimensions + 2] = SUM;
                });
    }

    static TableSettings of(int dimensions, BaselineConfig baseline) {
        return of(dimensions, ValueFormat.FLOAT32, baseline);
    }

    /** w and values of a key's row; null without one. */
    static float[] read(BaselineTable table, long key) {
        float[] row = new float[table.rowLength()];
        return table.read(key, 0, row) < 0 ? null : row;
    }

    /** An example of one key that changes nothing. */
    static boolean see(BaselineTable table, long key, float importance) {
        table.begin(1);
        table.open(0, key, 0);
        table.claim(0, key, 0, importance);
        table.commit(importance);
        return table.isOpen(0);
    }
}
