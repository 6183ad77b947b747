package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who goes, who shrinks, who grows. */
class PageMarketTest {

    private static final int K = 16;
    private static final StoreConfig CONFIG =
            new StoreConfig(
                    ValueFormat.INT8, 0.1, 0, 8, 10_000, 500, 0, 10, 1.25, 0, 0.3, 0.3, 9000);

    private final BudgetedEmbeddingTable table = table(CONFIG);
    private final Set<Long> gone = new HashSet<>();
    private final float[] sums = new float[K];

    /** The burst: as many new ids as fit, all at once, into a table that is full. */
    @Test
    void everyNewIdOfABurstHasARowAtItsFirstSightAndEveryRowThatWentIsNamed() {
        for (long id = 1; id <= 3000; id++) {
            learn(0.5f, id);
            learn(0.5f, id % 40 + 1);
        }
        drain();
        Set<Long> before = resident(6000);
        gone.clear();

        for (long id = 3001; id <= 4000; id++) {
            learn(0.5f, id);
            assertThat(table.read(id, 1, new float[table.rowLength()])).isEqualTo(8);
            if (id % 50 == 0) {
                drain();
            }
        }
        drain();

        Set<Long> after = resident(6000);
        before.removeAll(after);
        for (long id = 3001; id <= 4000; id++) {
            assertThat(gone.contains(id)).isEqualTo(!after.contains(id));
        }
        assertThat(gone).containsAll(before);
        for (long id = 1; id <= 40; id++) {
            assertThat(after).as("hot ids stay").contains(id);
        }
    }

    @Test
    void manyNewIdsOfOneExampleNeverDriveEachOtherOut() {
        for (long id = 1; id <= 5000; id++) {
            learn(0.5f, id);
        }
        long[] ids = new long[60];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 100_000L + i;
        }
        learn(0.01f, ids);
        for (long id : ids) {
            assertThat(table.read(id, 1, new float[table.rowLength()])).isEqualTo(8);
        }
    }

    @Test
    void anExampleOfMoreIdsThanFitLeavesTheOthersWithoutARow() {
        long[] ids = new long[5000];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 1L + i;
        }
        learn(0.5f, ids);
        assertThat(table.size()).isBetween(1200, 2500);
        assertThat(table.bytes()).isEqualTo(table.recount()).isLessThanOrEqualTo(1 << 16);
        learn(0.5f, 9999);
        assertThat(table.read(9999, 1, new float[table.rowLength()])).isEqualTo(8);
    }

    /** Forward decay: what was touched often and long ago is worth less than what is in fashion. */
    @Test
    void importanceFadesSoThatTheNewDriveOutTheOld() {
        for (int n = 0; n < 200; n++) {
            learn(0.5f, 1);
        }
        for (long n = 0; n < 400_000; n++) {
            learn(0.5f, 2 + n % 500);
        }
        for (long id = 10_000; id < 13_000; id++) {
            learn(0.5f, id);
        }
        Set<Long> left = resident(600);
        assertThat(left).doesNotContain(1L);
        assertThat(left.size()).isGreaterThan(450);
    }

    @Test
    void aRowWhoseGradientsAgreeGrowsAtTheCostOfWhatIsWorthLessAndForgetsNothing() {
        for (long id = 1; id <= 4000; id++) {
            learn(0.1f, id);
        }
        long hot = 77_777;
        learn(0.5f, hot);
        assertThat(table.read(hot, 1, new float[table.rowLength()])).isEqualTo(8);
        int rows = table.size();
        Arrays.fill(sums, 1);

        int touches = 0;
        float[] before = new float[table.rowLength()];
        float[] row = new float[table.rowLength()];
        while (table.read(hot, 1, row) == 8 && touches++ < 3000) {
            System.arraycopy(row, 0, before, 0, 9);
            learn(0.5f, hot);
        }

        assertThat(touches).isBetween(16, 2000);
        assertThat(table.read(hot, 1, row)).isEqualTo(16);
        assertThat(table.size()).isLessThanOrEqualTo(rows);
        assertThat(table.bytes()).isEqualTo(table.recount()).isLessThanOrEqualTo(1 << 16);
        for (int d = 0; d <= 8; d++) {
            assertThat(row[d]).isEqualTo(before[d], within(0.01f));
        }
    }

    @Test
    void rowsNeverGrowWhereNothingMayMove() {
        StoreConfig still =
                new StoreConfig(
                        ValueFormat.INT8, 0.1, 0, 8, 10_000, 500, 0, 10, 1.25, 0, 0, 0, 9000);
        BudgetedEmbeddingTable other = table(still);
        Arrays.fill(sums, 1);
        for (long id = 1; id <= 4000; id++) {
            learn(other, 0.1f, id);
        }
        for (int n = 0; n < 3000; n++) {
            learn(other, 0.5f, 77_777);
        }
        assertThat(other.read(77_777, 1, new float[other.rowLength()])).isEqualTo(8);
    }

    private static BudgetedEmbeddingTable table(StoreConfig config) {
        return new BudgetedEmbeddingTable(
                new MemoryBudget(1 << 16),
                config,
                K,
                0,
                5,
                (key, row, at, width) -> {
                    for (int d = 1; d <= K; d++) {
                        row[at + d] = 0.02f * (d % 2 == 0 ? 1 : -1);
                    }
                });
    }

    private void learn(float importance, long... ids) {
        learn(table, importance, ids);
    }

    private void learn(BudgetedEmbeddingTable to, float importance, long... ids) {
        to.begin(ids.length);
        for (int i = 0; i < ids.length; i++) {
            to.open(i, ids[i], 1);
        }
        for (int i = 0; i < ids.length; i++) {
            to.claim(i, ids[i], 1, importance);
        }
        to.values();
        for (int i = 0; i < ids.length; i++) {
            if (to.isOpen(i) && to.width(i) < K) {
                to.press(i, 0.5f, sums);
            }
        }
        to.commit(importance);
    }

    private Set<Long> resident(long to) {
        Set<Long> ids = new HashSet<>();
        for (long id = 1; id <= to; id++) {
            if (table.read(id, 1, new float[table.rowLength()]) != EmbeddingTable.ABSENT) {
                ids.add(id);
            }
        }
        return ids;
    }

    private void drain() {
        List<Long> changed = new ArrayList<>();
        table.drainChanged(
                new EmbeddingTable.Sink() {
                    @Override
                    public void restarted() {
                        gone.clear();
                    }

                    @Override
                    public void removed(long key) {
                        gone.add(key);
                    }

                    @Override
                    public void changed(long key, float[] values, int from, int width) {
                        changed.add(key);
                    }
                });
        gone.removeAll(changed);
    }
}
