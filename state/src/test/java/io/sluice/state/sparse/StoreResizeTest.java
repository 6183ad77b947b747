package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A checkpoint restored under another budget. */
class StoreResizeTest {

    private static final StoreConfig CONFIG = StoreRun.config(ValueFormat.INT8, 0);

    @ParameterizedTest
    @CsvSource({
        "70000, 1000000",
        "280000, 65536",
        "280000, 140000",
        "280000, 290000",
        "1000000, 270000",
        "65536, 65544",
        "5000000, 65536"
    })
    void theBudgetHoldsTheLedgerIsExactAndTheOrderOfPiecesDoesNotShow(long before, long after) {
        StoreRun old = learnt(before, 12_000);
        byte[] expected = null;
        for (int groups : new int[] {1, 3, 128}) {
            StoreRun next = new StoreRun(after, CONFIG);
            StoreBytes.read(StoreBytes.pieces(old.table, groups), next.table, groups);

            check(next, after);
            byte[] bytes = StoreBytes.of(next.table);
            expected = expected == null ? bytes : expected;
            assertThat(bytes).isEqualTo(expected);
            assertThat(next.table.size()).isPositive();
            Random random = new Random(4);
            for (int n = 0; n < 3000; n++) {
                learn(next, random);
                check(next, after);
            }
        }
    }

    private static void check(StoreRun run, long budget) {
        long bytes = run.table.bytes();
        if (bytes > budget || bytes != run.table.recount()) {
            assertThat(bytes).isEqualTo(run.table.recount()).isLessThanOrEqualTo(budget);
        }
    }

    @Test
    void aTableThatGrowsKeepsEveryPackedRowOfAnIdAsItWas() {
        StoreConfig packed = StoreRun.config(ValueFormat.INT8, 0, 0);
        StoreRun old = learnt(70_000, packed, 12_000);
        StoreRun next = new StoreRun(1_000_000, packed);
        StoreBytes.read(StoreBytes.pieces(old.table, 5), next.table, 1);

        Map<Long, String> rows = rows(old.table);
        assertThat(rows(next.table)).isEqualTo(rows);
    }

    @Test
    void aTableThatShrinksKeepsWhatIsWorthMost() {
        StoreRun old = new StoreRun(400_000, CONFIG);
        Random random = new Random(9);
        for (int n = 0; n < 3000; n++) {
            // Every fifth example is of one of 100 users, the others are of new ones.
            old.learn(random, n % 5 == 0 ? 1 + n / 5 % 100 : 1000 + n);
        }
        StoreRun next = new StoreRun(1 << 16, CONFIG);
        StoreBytes.read(StoreBytes.pieces(old.table, 2), next.table, 1);

        Map<Long, String> rows = rows(next.table);
        assertThat(rows.size()).isBetween(500, 1500).isLessThan(old.table.size());
        for (long user = 1; user <= 100; user++) {
            assertThat(rows).containsKey(user);
        }
    }

    @Test
    void everythingIsPublishedAnew() {
        StoreRun next = new StoreRun(300_000, CONFIG);
        StoreBytes.read(StoreBytes.pieces(learnt(70_000, 2000).table, 1), next.table, 1);
        boolean[] restarted = {false};
        int[] rows = {0};

        next.table.drainChanged(
                new EmbeddingTable.Sink() {
                    @Override
                    public void restarted() {
                        restarted[0] = true;
                    }

                    @Override
                    public void removed(long key) {
                        throw new AssertionError("removed " + key);
                    }

                    @Override
                    public void changed(long key, float[] values, int from, int width) {
                        rows[0]++;
                    }
                });

        assertThat(restarted[0]).isTrue();
        assertThat(rows[0]).isEqualTo(next.table.size());
    }

    private static StoreRun learnt(long budget, int examples) {
        return learnt(budget, CONFIG, examples);
    }

    private static StoreRun learnt(long budget, StoreConfig config, int examples) {
        StoreRun run = new StoreRun(budget, config);
        Random random = new Random(3);
        for (int n = 0; n < examples; n++) {
            learn(run, random);
        }
        return run;
    }

    private static void learn(StoreRun run, Random random) {
        long user = 1 + (long) Math.exp(random.nextDouble() * 9);
        run.learn(random, user, 77_000_000 + (long) Math.exp(random.nextDouble() * 6));
    }

    private static Map<Long, String> rows(BudgetedEmbeddingTable table) {
        Map<Long, String> rows = new HashMap<>();
        table.markAllChanged();
        table.drainChanged(
                new EmbeddingTable.Sink() {
                    @Override
                    public void restarted() {}

                    @Override
                    public void removed(long key) {}

                    @Override
                    public void changed(long key, float[] values, int from, int width) {
                        StringBuilder text = new StringBuilder();
                        for (int i = 0; i <= width; i++) {
                            text.append(values[from + i]).append(' ');
                        }
                        rows.put(key, text.toString());
                    }
                });
        return rows;
    }
}
