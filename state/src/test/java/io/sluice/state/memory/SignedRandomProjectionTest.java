package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedRandomProjectionTest {

    private static final int DIMENSIONS = 16;

    @Test
    void vectorsCollideByTheLawOfTheirAngle() {
        int arrays = 1024;
        int bits = 8;
        SignedRandomProjection hashes = new SignedRandomProjection(arrays, bits, DIMENSIONS);
        for (double angle : new double[] {0.05, 0.3, 1.0, Math.PI / 2, 3.0}) {
            int sameBits = 0;
            int sameCodes = 0;
            int pairs = 20;
            for (int pair = 0; pair < pairs; pair++) {
                float[][] two = atAngle(angle, pair);
                int[] one = codes(hashes, arrays, two[0]);
                int[] other = codes(hashes, arrays, two[1]);
                for (int k = 0; k < arrays; k++) {
                    sameBits += bits - Integer.bitCount(one[k] ^ other[k]);
                    sameCodes += one[k] == other[k] ? 1 : 0;
                }
            }
            double ofBit = 1 - angle / Math.PI;

            // 163,840 bits and 20,480 codes, of 20 pairs on the same planes: four deviations.
            assertThat(sameBits / (double) (pairs * arrays * bits))
                    .as("angle %s", angle)
                    .isCloseTo(ofBit, within(0.01));
            assertThat(sameCodes / (double) (pairs * arrays))
                    .as("angle %s", angle)
                    .isCloseTo(Math.pow(ofBit, bits), within(0.015));
        }
    }

    private static float[][] atAngle(double angle, long seed) {
        Random random = new Random(seed);
        double[] a = random.doubles(DIMENSIONS, -1, 1).toArray();
        double[] b = random.doubles(DIMENSIONS, -1, 1).toArray();
        double along = dot(a, b) / dot(a, a);
        for (int i = 0; i < DIMENSIONS; i++) {
            b[i] -= along * a[i];
        }
        double ratio = Math.sqrt(dot(a, a) / dot(b, b));
        float[][] two = new float[2][DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            two[0][i] = (float) a[i];
            two[1][i] = (float) (Math.cos(angle) * a[i] + Math.sin(angle) * ratio * b[i]);
        }
        return two;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void lengthDoesNotCount() {
        SignedRandomProjection hashes = new SignedRandomProjection(16, 12, DIMENSIONS);
        float[][] two = atAngle(0.5, 1);
        float[] longer = two[0].clone();
        for (int i = 0; i < longer.length; i++) {
            longer[i] *= 8;
        }

        assertThat(codes(hashes, 16, longer)).isEqualTo(codes(hashes, 16, two[0]));
        assertThat(Arrays.stream(codes(hashes, 16, two[0])))
                .allMatch(code -> code >= 0 && code < 1 << 12);
    }

    private static int[] codes(SignedRandomProjection hashes, int arrays, float[] h) {
        int[] codes = new int[arrays];
        hashes.hash(h, new float[hashes.scratch()], codes);
        return codes;
    }
}
