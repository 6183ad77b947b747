package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.PairSums;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums straight from packed rows, against rows read one by one. */
class RowSumTest {

    @ParameterizedTest
    @EnumSource
    void aSumIsThatOfTheUnpackedRowsBitForBit(ValueFormat format) {
        for (int dimensions : new int[] {1, 3, 4, 7, 8, 16, 19, 33, 40}) {
            BudgetedEmbeddingTable table = filled(format, dimensions);
            Random random = new Random(2);
            for (int n = 0; n < 200; n++) {
                FeatureVector x = vector(random, random.nextInt(24));
                int length = PairSums.length(dimensions);
                float[] sums = new float[length];
                float[] squares = new float[length];
                float linear = table.sum(x, 0.25f, sums, squares);
                float[] expectedSums = new float[length];
                float[] expectedSquares = new float[length];

                assertThat(linear).isEqualTo(sum(table, x, 0.25f, expectedSums, expectedSquares));
                assertThat(sums).as("%d dimensions", dimensions).isEqualTo(expectedSums);
                assertThat(squares).isEqualTo(expectedSquares);
            }
        }
    }

    private static float sum(
            EmbeddingTable table, FeatureVector x, float linear, float[] sums, float[] squares) {
        float[] row = new float[table.rowLength()];
        float sum = linear;
        for (int i = 0; i < x.size(); i++) {
            int width = table.read(x.key(i), x.field(i), row);
            if (width != EmbeddingTable.ABSENT) {
                sum += row[0] * x.value(i);
                for (int d = 0; d < width; d++) {
                    float term = row[1 + d] * x.value(i);
                    sums[d] += term;
                    squares[d] += term * term;
                }
            }
        }
        return sum;
    }

    /** A table under pressure: rows of several widths, ids without any. */
    private static BudgetedEmbeddingTable filled(ValueFormat format, int dimensions) {
        BudgetedEmbeddingTable table =
                new BudgetedEmbeddingTable(
                        new MemoryBudget(1 << 17),
                        StoreRun.config(format, 0),
                        dimensions,
                        1,
                        5,
                        (key, out, from, width) -> out[from + dimensions + 2] = 1);
        Random random = new Random(dimensions);
        for (int n = 0; n < 8000; n++) {
            table.begin(1);
            long key = 1 + (long) Math.exp(random.nextDouble() * 9);
            table.open(0, key, 1);
            table.claim(0, key, 1, 0.5f);
            if (table.isOpen(0)) {
                float[] values = table.values();
                for (int d = 0; d <= table.width(0); d++) {
                    values[table.position(0) + d] += 0.3f * (float) random.nextGaussian();
                }
            }
            table.commit(0.5f);
        }
        return table;
    }

    private static FeatureVector vector(Random random, int size) {
        FeatureVector x = new FeatureVector();
        for (int i = 0; i < size; i++) {
            float value = random.nextBoolean() ? 1 : random.nextFloat();
            x.add(1 + (long) Math.exp(random.nextDouble() * 9.5), value, random.nextInt(2));
        }
        return x;
    }
}
