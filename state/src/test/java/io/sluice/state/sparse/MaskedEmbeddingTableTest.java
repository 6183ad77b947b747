package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.mask.SparsityMethod;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskedEmbeddingTableTest {

    private static final int K = 70; // more than one word of mask
    private static final float FRESH = 0.25f;

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void exchangesKeepTheNumberOfActiveValuesAndTheOthersAreZero(SparsityMethod method) {
        MaskedEmbeddingTable table = table(config(method, 0.3));
        Random random = new Random(1);
        long active = 0;
        for (int i = 0; i < 400; i++) {
            int before = table.size();
            long activeBefore = table.activeValues();
            learn(table, random, i < 200 ? 30 : 20);
            active = table.activeValues();
            // The exchange comes behind the example, so rows that are made in it have been counted.
            if (table.size() == before) {
                assertThat(active).isEqualTo(activeBefore);
            }
            assertThat(nonZero(table)).isLessThanOrEqualTo(active);
        }

        // 30 rows of 70 values: 630 expected, deviation 21
        assertThat((double) active).isCloseTo(630, within(100.0));
    }

    @Test
    void theOptimiserSeesActiveValuesOnlyButUnderDsl() {
        for (SparsityMethod method : SparsityMethod.values()) {
            if (!method.masks()) {
                continue;
            }
            MaskedEmbeddingTable table = table(config(method, 0.5));
            open(table, 7);
            float[] gradient = new float[K];
            Arrays.fill(gradient, 1);

            int counted = table.filter(0, gradient);

            int kept = 0;
            for (float each : gradient) {
                kept += each == 1 ? 1 : 0;
            }
            boolean dense = method == SparsityMethod.DSL;
            assertThat(counted).isEqualTo(dense ? K : (int) table.activeValues()).isEqualTo(kept);
        }
    }

    @Test
    void underDslTheMaskIsAppliedBehindTheStep() {
        MaskedEmbeddingTable table = table(config(SparsityMethod.DSL, 0.5));
        open(table, 7);
        int from = table.position(0) + 1;
        Arrays.fill(table.values(), from, from + K, 3);

        table.commit(1);

        assertThat(nonZero(table)).isEqualTo(table.activeValues());
    }

    @Test
    void aValueThatIsDroppedAndGrownAtOnceKeepsItself() {
        // All is active, so all that is dropped grows again.
        MaskedEmbeddingTable table = table(config(SparsityMethod.RIGL, 0.999_999));
        open(table, 7);
        int from = table.position(0) + 1;
        float[] before = Arrays.copyOfRange(table.values(), from, from + K);
        table.commit(1);
        for (int i = 1; i < 32; i++) {
            open(table, 7);
            table.commit(1);
        }

        assertThat(Arrays.copyOfRange(table.values(), from, from + K)).isEqualTo(before);
    }

    @Test
    void aRowThatLosesItsLastValueForgetsItsOptimiserState() {
        MaskedEmbeddingTable table = table(config(SparsityMethod.RIGL, 0.05));
        int atFirst = 0;
        for (int i = 0; i < 64; i++) {
            // Row 2 is worth nothing and pulls nowhere; the others are worth much.
            boolean worthless = i % 4 == 1;
            open(table, i % 4 + 1);
            int from = table.position(0);
            for (int d = 1; d <= K; d++) {
                table.values()[from + d] *= worthless ? 1e-3f : 1;
            }
            float[] gradient = new float[K];
            Arrays.fill(gradient, worthless ? 0 : 1);
            int counted = table.filter(0, gradient);
            if (counted > 0) {
                table.values()[from + K + 2] = 9;
            }
            atFirst = i == 1 ? counted : atFirst;
            table.commit(1);
        }

        open(table, 2);
        assertThat(atFirst).isPositive();
        assertThat(table.filter(0, new float[K])).isZero();
        assertThat(table.values()[table.position(0) + K + 2]).isEqualTo(FRESH);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void restoringBetweenAnyTwoExamplesChangesNothing(SparsityMethod method) throws IOException {
        for (int cut = 0; cut <= 70; cut += 2) {
            MaskedEmbeddingTable whole = table(config(method, 0.3));
            Random random = new Random(3);
            for (int i = 0; i < cut; i++) {
                learn(whole, random, 20);
            }
            MaskedEmbeddingTable back = table(config(method, 0.3));
            for (byte[] piece : write(whole, 3)) {
                back.read(new DataInputStream(new ByteArrayInputStream(piece)));
            }
            Random again = new Random(cut);
            Random andAgain = new Random(cut);
            for (int i = cut; i < 70; i++) {
                learn(whole, again, 20);
                learn(back, andAgain, 20);
            }

            assertThat(write(back, 1)).as("cut at %d", cut).isDeepEqualTo(write(whole, 1));
        }
    }

    @Test
    void refusesAMaskThatItsWeightsDoNotFit() throws IOException {
        MaskedEmbeddingTable table = table(config(SparsityMethod.STATIC, 0.5));
        open(table, 7);
        table.commit(1);
        byte[] piece = write(table, 1)[0];
        // The last two words are the mask.
        Arrays.fill(piece, piece.length - 16, piece.length, (byte) 0);

        assertThatThrownBy(
                        () ->
                                table(config(SparsityMethod.STATIC, 0.5))
                                        .read(new DataInputStream(new ByteArrayInputStream(piece))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("outside of its mask");
    }

    private static SparsityConfig config(SparsityMethod method, double density) {
        return new SparsityConfig(method, density, 16, 4, 0.5, 0.1, 100);
    }

    private static MaskedEmbeddingTable table(SparsityConfig config) {
        RowInitializer initializer =
                (key, arena, from, width) -> {
                    for (int d = 1; d <= K; d++) {
                        arena[from + d] = key + d;
                    }
                };
        return new MaskedEmbeddingTable(K, config, 5, FRESH, initializer);
    }

    private static void open(MaskedEmbeddingTable table, long key) {
        table.begin(1);
        if (!table.open(0, key, 0)) {
            table.claim(0, key, 0, 1);
        }
    }

    /** An example of three rows, two of which may be the same. */
    private static void learn(MaskedEmbeddingTable table, Random random, int keys) {
        table.begin(3);
        long[] drawn = {1 + random.nextInt(keys), 1 + random.nextInt(keys), 1 + random.nextInt(5)};
        for (int i = 0; i < 3; i++) {
            table.open(i, drawn[i], 0);
        }
        for (int i = 0; i < 3; i++) {
            table.claim(i, drawn[i], 0, 1);
        }
        float[] gradient = new float[K];
        for (int i = 0; i < 3; i++) {
            for (int d = 0; d < K; d++) {
                gradient[d] = (float) random.nextGaussian();
            }
            int counted = table.filter(i, gradient);
            assertThat(counted).isBetween(0, K);
            for (int d = 0; d < K; d++) {
                table.values()[table.position(i) + 1 + d] -= 0.1f * gradient[d];
            }
        }
        table.commit(1);
    }

    private static long nonZero(MaskedEmbeddingTable table) {
        long count = 0;
        float[] row = new float[table.rowLength()];
        for (long key = 1; key <= 30; key++) {
            if (table.read(key, 0, row) != EmbeddingTable.ABSENT) {
                for (int d = 1; d <= K; d++) {
                    count += row[d] != 0 ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static byte[][] write(MaskedEmbeddingTable table, int groups) throws IOException {
        ByteArrayOutputStream[] buffers = new ByteArrayOutputStream[groups];
        DataOutput[] outs = new DataOutput[groups];
        for (int group = 0; group < groups; group++) {
            buffers[group] = new ByteArrayOutputStream();
            outs[group] = new DataOutputStream(buffers[group]);
        }
        table.write(groups, outs);
        return Arrays.stream(buffers)
                .map(ByteArrayOutputStream::toByteArray)
                .toArray(byte[][]::new);
    }
}
