package io.sluice.state.sparse.baseline;

import static io.sluice.state.sparse.baseline.TestSettings.FIRST;
import static io.sluice.state.sparse.baseline.TestSettings.LINEAR_RATE;
import static io.sluice.state.sparse.baseline.TestSettings.RATE;
import static io.sluice.state.sparse.baseline.TestSettings.SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.sparse.SteppingTable;
import io.sluice.state.sparse.TableKind;
import io.sluice.state.sparse.ValueFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One or two steps of each baseline, worked out by hand or by a twin of maps. */
class BaselineStepsTest {

    private static final float TINY = 1e-6f;

    @Test
    void hashingSharesWhereHashesAgree() {
        HashedTable table = new HashedTable(TestSettings.of(4, BaselineConfig.DEFAULT));
        Map<Integer, Float> twin = new HashMap<>();
        Random random = new Random(1);

        for (int step = 0; step < 5_000; step++) {
            long key = 1L + random.nextInt(4_000);
            table.begin(1);
            assertThat(table.open(0, key, 0)).isTrue();
            table.values()[table.position(0)] += 1;
            table.commit(0);
            twin.merge(Places.of(key, table.capacity()), 1f, Float::sum);
        }

        for (long key = 1; key <= 4_000; key++) {
            float shared = twin.getOrDefault(Places.of(key, table.capacity()), 0f);
            assertThat(TestSettings.read(table, key)[0]).isEqualTo(shared);
        }
        assertThat(twin.size()).isLessThan(table.capacity());
    }

    @Test
    void frequencyGivesARowAtTheThirdSight() {
        BaselineConfig third = new BaselineConfig(3, 0.7, 0.1, 0);
        KeyedTable table = new KeyedTable(TableKind.FREQUENCY, TestSettings.of(4, third));

        assertThat(TestSettings.see(table, 11, 0.5f)).isFalse();
        assertThat(TestSettings.see(table, 11, 0.5f)).isFalse();
        assertThat(TestSettings.read(table, 11)).isNull();
        assertThat(TestSettings.see(table, 11, 0.5f)).isTrue();
        assertThat(TestSettings.read(table, 11)).startsWith(0, FIRST, FIRST, FIRST, FIRST);
    }

    @Test
    void lfuGivesARowAtOnceAndKeepsWhatIsUsed() {
        KeyedTable table =
                new KeyedTable(
                        TableKind.LFU,
                        TestSettings.of(4, ValueFormat.INT8, BaselineConfig.DEFAULT));
        for (int use = 0; use < 20; use++) {
            TestSettings.see(table, 5, 0.5f);
        }

        for (long other = 100; other < 100 + 2L * table.capacity(); other++) {
            assertThat(TestSettings.see(table, other, 0.5f)).isTrue();
        }

        assertThat(table.size()).isEqualTo(table.capacity());
        assertThat(TestSettings.read(table, 5)).isNotNull();
    }

    @Test
    void quotientStepsBothRowsOfAProduct() {
        QuotientTable table = new QuotientTable(TestSettings.of(1, BaselineConfig.DEFAULT));
        assertThat(TestSettings.read(table, 9)).startsWith(0, FIRST);

        step(table, 9, 2f, new float[] {0.5f});

        // w: both rows take the step of a gradient of 2 with a sum of 1 + 4.
        double w = 2 * -LINEAR_RATE * 2 / Math.sqrt(SUM + 4);
        // v: gradients 0.5·v_r = 0.0625 of v_q = 1 and 0.5·v_q = 0.5 of v_r = 0.125.
        double quotient = 1 - RATE * 0.0625 / Math.sqrt(SUM + 0.0625 * 0.0625);
        double remainder = FIRST - RATE * 0.5 / Math.sqrt(SUM + 0.25);
        float[] row = TestSettings.read(table, 9);
        assertThat(row[0]).isCloseTo((float) w, within(TINY));
        assertThat(row[1]).isCloseTo((float) (quotient * remainder), within(TINY));
    }

    @Test
    void ftrlStepsAsAlgorithmOneAndZeroesWhatL1Holds() {
        float l1 = 0.3f;
        FtrlTable table = new FtrlTable(TestSettings.of(1, new BaselineConfig(1, 0.7, 0.1, l1)));

        step(table, 9, 0.2f, new float[] {0});
        float afterFirst = TestSettings.read(table, 9)[0];
        step(table, 9, 0.4f, new float[] {0});

        // z = 0.2, n = 0.04: held by λ₁. Then σ·0 = 0: z = 0.6, n = 0.2.
        double second = -(0.6 - l1) * LINEAR_RATE / (Math.sqrt(SUM) + Math.sqrt(0.2));
        assertThat(afterFirst).isZero();
        float[] row = TestSettings.read(table, 9);
        assertThat(row[0]).isCloseTo((float) second, within(TINY));
        assertThat(row[1]).as("no gradient, no change").isCloseTo(FIRST, within(TINY));
        step(table, 9, 0.1f, new float[] {0});
        // σ = (√0.21 − √0.2)/α pulls z by −σw.
        double sigma = (Math.sqrt(0.21) - Math.sqrt(0.2)) / LINEAR_RATE;
        double z = 0.6 + 0.1 - sigma * second;
        double third = -(z - l1) * LINEAR_RATE / (Math.sqrt(SUM) + Math.sqrt(0.21));
        assertThat(TestSettings.read(table, 9)[0]).isCloseTo((float) third, within(TINY));
    }

    @Test
    void cafePromotesFromTheSharedRowAndDemotesToIt() {
        CafeTable table = new CafeTable(TestSettings.of(2, BaselineConfig.DEFAULT));
        table.begin(1);
        table.open(0, 9, 0);
        table.values()[table.position(0)] = 3;
        table.values()[table.position(0) + 3] = 50;
        table.commit(0.4f);

        // 0.4, 0.8, 1.2: above the threshold of 1 at the third claim.
        TestSettings.see(table, 9, 0.4f);
        TestSettings.see(table, 9, 0.4f);
        table.begin(1);
        table.open(0, 9, 0);
        assertThat(table.isOwn(0)).isFalse();
        assertThat(table.claim(0, 9, 0, 0.4f)).isTrue();

        assertThat(table.isOwn(0)).isTrue();
        float[] values = table.values();
        int at = table.position(0);
        assertThat(values[at]).as("value of the shared row").isEqualTo(3);
        assertThat(values[at + 3]).as("fresh sum").isEqualTo(SUM);
        values[at] = 4;
        table.commit(0.4f);
        assertThat(TestSettings.read(table, 9)[0]).isEqualTo(4);

        // Nobody asks for it while its sum fades below the threshold, which falls too but has an
        // end.
        for (int i = 0; i < 400_000; i++) {
            table.begin(0);
            table.commit(0);
        }
        assertThat(TestSettings.read(table, 9)[0]).isEqualTo(3);
    }

    @Test
    void hotSketchReplacesTheSmallestAndTakesOverItsScore() {
        HotSketch sketch = new HotSketch(4);
        for (long key = 1; key <= 4; key++) {
            sketch.add(key, (float) key);
        }
        sketch.setRow(sketch.find(1), 0);

        int slot = sketch.add(5, 0.5f);

        assertThat(sketch.find(2)).as("the smallest without a row").isEqualTo(-1);
        assertThat(sketch.score(slot)).isEqualTo(2.5f);
        assertThat(sketch.find(1)).isNotNegative();
        for (long key : new long[] {5, 3, 4}) {
            sketch.setRow(sketch.find(key), (int) key);
        }
        assertThat(sketch.add(6, 9)).as("all have rows").isEqualTo(-1);
    }

    private static <T extends BaselineTable & SteppingTable> void step(
            T table, long key, float linear, float[] embedding) {
        table.begin(1);
        table.open(0, key, 0);
        table.claim(0, key, 0, 0.5f);
        table.step(0, linear, embedding);
        table.commit(0.5f);
    }
}
