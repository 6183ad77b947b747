package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldMeansTest {

    private static final long BUDGET = 1 << 20;
    private static final int K = StoreRun.K;

    @Test
    void aNewRowBeginsWithHalfOfTheMeanOfItsFieldAndNoLinearWeight() {
        BudgetedEmbeddingTable table = StoreRun.table(BUDGET, exact(0.5));
        BudgetedEmbeddingTable cold = StoreRun.table(BUDGET, exact(0));
        double[] sum = new double[K];
        int touches = 0;
        Random random = new Random(1);
        for (int n = 0; n < 800; n++) {
            long key = 1L + random.nextInt(40);
            float[] row = touch(table, key, 1, (float) random.nextGaussian());
            touch(table, 1000 + key, 2, 5);
            if (2 * n % 8 == 0) {
                touches++;
                for (int d = 0; d < K; d++) {
                    sum[d] += row[1 + d];
                }
            }
        }

        float[] fresh = new float[table.rowLength()];
        float[] plain = new float[table.rowLength()];
        open(table, 77, 1, fresh);
        open(cold, 77, 1, plain);

        assertThat(fresh[0]).isZero();
        for (int d = 0; d < K; d++) {
            assertThat((double) fresh[1 + d] - plain[1 + d])
                    .isCloseTo(0.5 * sum[d] / touches, within(1e-5));
        }
        assertThat(fresh[K + 1]).isEqualTo(plain[K + 1]);
        assertThat(fresh[K + 2]).isEqualTo(plain[K + 2]);
    }

    @Test
    void withoutAFieldOrBeyondThoseThatTheTableKnowsARowBeginsAsEver() {
        BudgetedEmbeddingTable table = StoreRun.table(BUDGET, exact(1));
        BudgetedEmbeddingTable cold = StoreRun.table(BUDGET, exact(0));
        for (int field : new int[] {0, StoreRun.FIELDS + 1}) {
            for (long key = 1; key < 100; key++) {
                touch(table, 1000L * field + key, field, 1);
            }
            float[] fresh = new float[table.rowLength()];
            float[] plain = new float[table.rowLength()];
            open(table, 777_777L + field, field, fresh);
            open(cold, 777_777L + field, field, plain);

            assertThat(fresh).isEqualTo(plain);
        }
    }

    @Test
    void theSmallestBudgetHoldsWhateverTheWidthAndHoweverManyFields() {
        for (ValueFormat format : ValueFormat.values()) {
            for (int dimensions : new int[] {1, 4, 8, 16, 64, 128, 256}) {
                for (int fields : new int[] {1, 10, 60, 255}) {
                    BudgetedEmbeddingTable table =
                            new BudgetedEmbeddingTable(
                                    new MemoryBudget(1 << 16),
                                    StoreConfig.DEFAULT.with(format),
                                    dimensions,
                                    fields,
                                    1,
                                    (key, row, at, width) ->
                                            Arrays.fill(row, at, at + dimensions + 3, 0.1f));
                    for (long key = 1; key < 400; key++) {
                        int field = 1 + (int) (key % fields);
                        table.begin(1);
                        table.open(0, key, field);
                        table.claim(0, key, field, 0.5f);
                        table.commit(1);
                    }

                    assertThat(table.bytes())
                            .as("%s, %d dimensions, %d fields", format, dimensions, fields)
                            .isLessThanOrEqualTo(1 << 16)
                            .isEqualTo(table.recount());
                }
            }
        }
    }

    @Test
    void aCheckpointFromBeforeThereWereMeansKeepsItsRowsAndMeansBeginAnew() {
        assertNewRowsBeginPlain(restored(0, 0.5));
    }

    @Test
    void switchedOffMeansAreLeftBehindAndRowsStay() {
        assertNewRowsBeginPlain(restored(0.5, 0));
    }

    private static void assertNewRowsBeginPlain(BudgetedEmbeddingTable table) {
        float[] fresh = new float[table.rowLength()];
        float[] plain = new float[table.rowLength()];
        open(table, 9999, 1, fresh);
        open(StoreRun.table(BUDGET, exact(0)), 9999, 1, plain);
        assertThat(fresh).isEqualTo(plain);
    }

    /** A table that was restored from one of another share, with all of its rows. */
    private static BudgetedEmbeddingTable restored(double before, double now) {
        BudgetedEmbeddingTable old = StoreRun.table(BUDGET, exact(before));
        BudgetedEmbeddingTable next = StoreRun.table(BUDGET, exact(now));
        for (long key = 1; key < 500; key++) {
            touch(old, key, 1, 1);
        }

        StoreBytes.read(StoreBytes.pieces(old, 3), next, 1);

        assertThat(next.size()).isEqualTo(old.size());
        assertThat(next.bytes()).isEqualTo(next.recount());
        float[] row = new float[old.rowLength()];
        float[] same = new float[old.rowLength()];
        for (long key = 1; key < 500; key++) {
            old.read(key, 1, row);
            next.read(key, 1, same);
            assertThat(same).isEqualTo(row);
        }
        return next;
    }

    private static StoreConfig exact(double warmStart) {
        return StoreConfig.DEFAULT.with(ValueFormat.FLOAT32, 0, warmStart);
    }

    /** Adds to all values of a key's row, and returns the row. */
    private static float[] touch(BudgetedEmbeddingTable table, long key, int field, float change) {
        float[] row = new float[table.rowLength()];
        open(table, key, field, row);
        float[] values = table.values();
        for (int d = 1; d <= K; d++) {
            values[table.position(0) + d] += change;
            row[d] += change;
        }
        table.commit(0.5f);
        return row;
    }

    /** Begins an example of one feature, and copies its row. */
    private static void open(BudgetedEmbeddingTable table, long key, int field, float[] row) {
        table.begin(1);
        table.open(0, key, field);
        table.claim(0, key, field, 0.5f);
        System.arraycopy(table.values(), table.position(0), row, 0, row.length);
    }
}
