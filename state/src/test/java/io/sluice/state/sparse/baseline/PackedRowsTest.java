package io.sluice.state.sparse.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.sparse.ValueFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackedRowsTest {

    private static final int ROWS = 9;

    @ParameterizedTest
    @EnumSource(ValueFormat.class)
    void givesBackWhatEachRowHoldsWithinItsFormat(ValueFormat format) {
        for (int k = 1; k <= 18; k++) {
            PackedRows rows = new PackedRows(format, k, ROWS);
            float[][] put = new float[ROWS][];
            Random random = new Random(k);
            for (int step = 0; step < 50; step++) {
                int row = random.nextInt(ROWS);
                put[row] = row(random, k);
                rows.pack(row, put[row], 0, random.nextLong());
            }
            for (int row = 0; row < ROWS; row++) {
                float[] got = new float[k + 3];
                rows.unpack(row, got, 0);
                for (int d = 0; put[row] != null && d < k + 3; d++) {
                    assertThat(got[d])
                            .as("k %d, row %d, place %d", k, row, d)
                            .isCloseTo(put[row][d], within(tolerance(format, put[row], d)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ValueFormat.class,
            names = {"BFLOAT16", "INT8"})
    void roundsWithoutBias(ValueFormat format) {
        PackedRows rows = new PackedRows(format, 2, 1);
        float[] row = {0, 1, 0.3003f, 1, 1};
        float[] got = new float[5];
        double sum = 0;
        int draws = 20_000;
        for (int draw = 0; draw < draws; draw++) {
            rows.pack(0, row, 0, draw);
            rows.unpack(0, got, 0);
            sum += got[2];
        }

        // Spacings of 2⁻⁹ and of 1/127 or a bit more: deviations of the mean below 4·10⁻⁵.
        assertThat(sum / draws).isCloseTo(0.3003, within(2e-4));
    }

    @Test
    void countsTheBytesOfARow() {
        assertThat(PackedRows.rowBytes(ValueFormat.FLOAT32, 8)).isEqualTo(4 + 8 + 32);
        assertThat(PackedRows.rowBytes(ValueFormat.BFLOAT16, 8)).isEqualTo(4 + 4 + 16);
        assertThat(PackedRows.rowBytes(ValueFormat.INT8, 8)).isEqualTo(4 + 4 + 8 + 1);
    }

    private static float[] row(Random random, int k) {
        float[] row = new float[k + 3];
        for (int d = 0; d <= k; d++) {
            row[d] = (float) random.nextGaussian();
        }
        row[k + 1] = random.nextFloat() + 0.1f;
        row[k + 2] = random.nextFloat() + 0.1f;
        return row;
    }

    /** One spacing: 2⁻⁷ of a bfloat16; of int8, 1/127 of the largest times at most 1.25. */
    private static float tolerance(ValueFormat format, float[] row, int d) {
        int k = row.length - 3;
        if (d == 0 || format == ValueFormat.FLOAT32) {
            return 0;
        }
        if (d > k || format == ValueFormat.BFLOAT16) {
            return Math.abs(row[d]) / 128;
        }
        float max = 0;
        for (int i = 1; i <= k; i++) {
            max = Math.max(max, Math.abs(row[i]));
        }
        return max * 1.26f / 127;
    }
}
