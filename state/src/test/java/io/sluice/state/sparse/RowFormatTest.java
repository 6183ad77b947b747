package io.sluice.state.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.kernel.Hashing;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {

    /** Spacing of the format relative to the row's largest value. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 0", "BFLOAT16, 0.0079", "INT8, 0.0100"})
    void aRowComesBackWithinTheSpacingOfItsFormat(ValueFormat values, double spacing) {
        Random random = new Random(4);
        for (int dimensions : new int[] {1, 3, 4, 5, 8, 16, 19, 64}) {
            RowFormat format = new RowFormat(values, dimensions);
            for (int n = 0; n < 500; n++) {
                float[] in = row(random, dimensions, (float) Math.pow(10, random.nextInt(9) - 5));
                float largest = largest(in, dimensions);
                float[] out = packed(format, in, random.nextLong());

                for (int d = 0; d <= dimensions; d++) {
                    double tolerance = d == 0 ? 0 : spacing * largest;
                    assertThat(out[d]).isCloseTo(in[d], within((float) tolerance));
                }
                for (int sum = dimensions + 1; sum <= dimensions + 2; sum++) {
                    double tolerance = values == ValueFormat.FLOAT32 ? 0 : 0.0079 * in[sum];
                    assertThat(out[sum]).isCloseTo(in[sum], within((float) tolerance));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BFLOAT16", "INT8"})
    void roundingIsRightInTheMean(String values) {
        RowFormat format = new RowFormat(ValueFormat.valueOf(values), 8);
        float[] in = row(new Random(6), 8, 0.3f);
        double[] sums = new double[11];
        int times = 20_000;

        for (int n = 0; n < times; n++) {
            float[] out = packed(format, in, Hashing.mix(n));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += out[i];
            }
        }

        float largest = largest(in, 8);
        for (int i = 0; i < sums.length; i++) {
            // One spacing is at most 0.01 of the largest value; its mean error has a deviation of
            // less than 0.01 / 2 / √20000, and 8 bits of chance leave 1/512 of a spacing.
            double scale = i > 8 ? in[i] : largest;
            assertThat(sums[i] / times).as("%d", i).isCloseTo(in[i], within(2e-4 * scale));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1e-30f, 1e-9f, 0.02f, 1, 126.9f, 127, 127.1f, 1e6f})
    void theScaleIsTheSmallestThatReachesTheLargestValue(float largest) {
        int code = ByteValues.scaleCode(largest);

        assertThat(ByteValues.scale(code) * 127).isGreaterThanOrEqualTo(largest * 0.999999f);
        if (code > 0) {
            assertThat(ByteValues.scale(code - 1) * 127).isLessThan(largest * 1.000001f);
        }
    }

    private static float[] packed(RowFormat format, float[] in, long random) {
        int[] page = new int[format.words(format.fullClass()) + 3];
        format.begin(page, 2, 0x123456789abcdefL, format.fullClass());
        format.pack(page, 2, in, 0, random);
        assertThat(RowFormat.key(page, 2)).isEqualTo(0x123456789abcdefL);
        assertThat(page[page.length - 1]).as("behind the row").isZero();
        float[] out = new float[format.unpackedLength()];
        assertThat(format.unpack(page, 2, out, 0)).isEqualTo(format.dimensions());
        return out;
    }

    private static float[] row(Random random, int dimensions, float scale) {
        float[] row = new float[(dimensions + 3) / 4 * 4 + 4];
        for (int d = 0; d <= dimensions; d++) {
            row[d] = scale * (float) random.nextGaussian();
        }
        row[dimensions + 1] = 0.1f + random.nextFloat() * 50;
        row[dimensions + 2] = 0.1f + random.nextFloat() * 50;
        return row;
    }

    private static float largest(float[] row, int dimensions) {
        float largest = 0;
        for (int d = 1; d <= dimensions; d++) {
            largest = Math.max(largest, Math.abs(row[d]));
        }
        return largest;
    }
}
