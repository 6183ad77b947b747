package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that stand as floats beside their pages. */
class FloatRowsTest {

    private static final long BUDGET = 1 << 17;
    private static final long HOT = 77;

    /** Slots against a map of what should stand in them. */
    @Test
    void rowsAreFoundWhereTheyWerePutAndFreedWordsAreZero() {
        StoreLayout layout =
                new StoreLayout(
                        new MemoryBudget(BUDGET),
                        StoreRun.config(ValueFormat.INT8, 0),
                        StoreRun.K,
                        0,
                        5,
                        (key, out, from, width) -> {});
        FloatRows floats = new FloatRows(layout);
        Map<Long, Float> twin = new HashMap<>();
        Random random = new Random(3);
        float[] row = new float[layout.format.unpackedLength()];
        int taken = 0;
        for (int n = 0; n < 50_000; n++) {
            long key = 1L + random.nextInt(2000);
            int page = RowPages.numberOf(RowPages.hash(key), layout.pages);
            int slot = floats.find(key, page);
            assertThat(slot != FloatRows.ABSENT).isEqualTo(twin.containsKey(key));
            if (slot != FloatRows.ABSENT) {
                assertThat(floats.importance(slot)).isEqualTo(twin.get(key));
                if (random.nextInt(8) == 0) {
                    floats.free(slot);
                    twin.remove(key);
                    assertThat(floats.values()[floats.position(slot)]).isZero();
                }
                continue;
            }
            float importance = random.nextFloat();
            slot = floats.slotFor(page, importance);
            if (slot != FloatRows.ABSENT) {
                if (!floats.isFree(slot)) {
                    assertThat(twin.remove(floats.key(slot))).isLessThan(importance);
                    floats.free(slot);
                    taken++;
                }
                row[0] = 1;
                floats.put(slot, key, 4, row, 0, importance);
                twin.put(key, importance);
            }
        }
        assertThat(taken).isGreaterThan(1000);
    }

    /** A thousand steps each far smaller than what a byte can hold. */
    @ParameterizedTest
    @EnumSource
    void aRowThatIsTouchedMostTakesEveryStepExactlyUnderPressure(ValueFormat format) {
        BudgetedEmbeddingTable table = filled(format);
        float[] row = new float[table.rowLength()];
        for (int n = 0; n < 50; n++) {
            step(table, HOT, 0.01f);
        }
        assertThat(table.read(HOT, 1, row)).isEqualTo(8);
        float expected = row[3];

        for (int n = 0; n < 1000; n++) {
            step(table, HOT, 1e-4f);
            expected += 1e-4f;
        }

        table.read(HOT, 1, row);
        assertThat(row[3]).isEqualTo(expected);
    }

    @Test
    void aRowThatGoesBackIsPublishedAsItIsThen() {
        BudgetedEmbeddingTable table = filled(ValueFormat.INT8);
        Map<Long, Float> published = new HashMap<>();
        Random random = new Random(8);
        for (int n = 0; n < 20_000; n++) {
            // New ids look through pages, whose rows go back for it.
            step(table, 1 + random.nextInt(n % 2 == 0 ? 60 : 5000), 0.01f);
            if (n % 100 == 0) {
                table.drainChanged(
                        new EmbeddingTable.Sink() {
                            @Override
                            public void restarted() {
                                published.clear();
                            }

                            @Override
                            public void removed(long key) {
                                published.remove(key);
                            }

                            @Override
                            public void changed(long key, float[] values, int from, int width) {
                                published.put(key, values[from + 3]);
                            }
                        });
                assertServed(table, published);
            }
        }
    }

    private static void assertServed(BudgetedEmbeddingTable table, Map<Long, Float> published) {
        float[] row = new float[table.rowLength()];
        for (long key = 1; key <= 5000; key++) {
            if (table.read(key, 1, row) != EmbeddingTable.ABSENT) {
                assertThat(published).containsEntry(key, row[3]);
            }
        }
    }

    @Test
    void aSecondRowInTheSlotOfOneIsRefused() {
        BudgetedEmbeddingTable table = table(ValueFormat.INT8);
        step(table, HOT, 1);
        byte[] bytes = StoreBytes.of(table);
        // The last row of the only page: byte how many, byte slot, long key, k + 4 floats.
        int at = bytes.length - (StoreRun.K + 4) * Float.BYTES - Long.BYTES - 1;
        assertThat(bytes[at]).isZero();

        for (int wrong : new int[] {at, at + Long.BYTES}) {
            byte[] damaged = bytes.clone();
            damaged[wrong] = 99;
            assertThatThrownBy(
                            () ->
                                    StoreBytes.read(
                                            new byte[][] {damaged}, table(ValueFormat.INT8), 1))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(CorruptStateException.class)
                    .hasMessageContaining("found floats of key");
        }
    }

    /** A table that keeps no floats, and one that does, read each other's pages. */
    @Test
    void pagesWithoutFloatsAreReadIntoATableWithThemAndTheOtherWayRound() {
        for (double[] shares : new double[][] {{0, 0.1}, {0.1, 0}}) {
            BudgetedEmbeddingTable old = table(ValueFormat.INT8, shares[0]);
            Random random = new Random(1);
            for (int n = 0; n < 2000; n++) {
                step(old, 1 + random.nextInt(200), 0.1f);
            }
            BudgetedEmbeddingTable next = table(ValueFormat.INT8, shares[1]);
            StoreBytes.read(StoreBytes.pieces(old, 3), next, 2);

            assertThat(next.size()).isEqualTo(old.size()).isEqualTo(200);
            assertThat(next.bytes()).isEqualTo(next.recount());
            FeatureVector x = new FeatureVector();
            for (long key = 1; key <= 200; key++) {
                x.add(key, 1, 1);
            }
            float[] sums = new float[StoreRun.K];
            float sum = old.sum(x, 0, sums, new float[StoreRun.K]);
            assertThat(next.sum(x, 0, sums, new float[StoreRun.K])).isEqualTo(sum);
        }
    }

    private static BudgetedEmbeddingTable filled(ValueFormat format) {
        BudgetedEmbeddingTable table = table(format);
        for (long key = 100; key < 12_000; key++) {
            step(table, key, 0.5f);
        }
        return table;
    }

    private static BudgetedEmbeddingTable table(ValueFormat format) {
        return table(format, 0.1);
    }

    private static BudgetedEmbeddingTable table(ValueFormat format, double floatShare) {
        StoreConfig config = StoreConfig.DEFAULT.with(format, floatShare, 0);
        return StoreRun.table(BUDGET, config);
    }

    private static void step(BudgetedEmbeddingTable table, long key, float change) {
        table.begin(1);
        table.open(0, key, 1);
        table.claim(0, key, 1, 0.5f);
        float[] values = table.values();
        values[table.position(0) + 3] += change;
        table.commit(0.5f);
    }
}
