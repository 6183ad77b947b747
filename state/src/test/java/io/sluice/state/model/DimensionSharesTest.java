package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DimensionSharesTest {

    private static final float INITIAL = 0.3f;

    @Test
    void untilTheyAreKnownAllDimensionsAreAlike() {
        DimensionShares shares = new DimensionShares(2, INITIAL);
        shares.count(new float[] {3, 1}, 2);

        for (float sum : new float[] {0.1f, 0.3f, 1, 1e6f}) {
            float grown = shares.grown(sum, 2);
            assertThat(grown).isCloseTo(Math.max(0, sum - INITIAL), within(1e-6f * sum));
            int from = shares.octave(grown);
            assertThat(shares.factors()[from]).isEqualTo(1);
            assertThat(shares.factors()[from + 1]).isEqualTo(1);
        }
    }

    @Test
    void squaresOfThreeToOneAreSharesOfOneAndAHalfAndAHalf() {
        DimensionShares shares = new DimensionShares(2, INITIAL);
        learn(shares, new float[] {(float) Math.sqrt(3), 1}, 2);

        // A row of both: n = 0.9 is three times the initial sum, and 3 the middle of its octave.
        float grown = shares.grown(1.2f, 2);
        int from = shares.octave(grown);
        assertThat(grown).isCloseTo(0.9f, within(1e-6f));
        assertThat(shares.factors()[from]).isCloseTo((float) Math.sqrt(4 / 5.5), within(1e-6f));
        assertThat(shares.factors()[from + 1]).isCloseTo((float) Math.sqrt(4 / 2.5), within(1e-6f));

        // A row of the first alone has all of its sum there: c = 1/1.5.
        assertThat(shares.grown(1.2f, 1)).isCloseTo(0.6f, within(1e-6f));
    }

    @Test
    void narrowRowsCountForTheDimensionsThatTheyHave() {
        DimensionShares some = new DimensionShares(4, INITIAL);
        DimensionShares all = new DimensionShares(4, INITIAL);
        float[] gradient = {1, 2, 3, 4};
        for (int n = 0; n < DimensionShares.REFRESH; n++) {
            some.count(gradient, n % 3 == 0 ? 4 : 2);
            some.endExample();
        }
        learn(all, gradient, 4);

        assertThat(some.factors()).containsExactly(all.factors(), within(1e-5f));
    }

    @RepeatedTest(5)
    void aStepIsThatOfASumForEachDimension(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int k = 1 + random.nextInt(32);
        DimensionShares shares = new DimensionShares(k, INITIAL);
        float[] gradient = new float[k];
        double[] squares = new double[k];
        for (int n = 0; n < 3 * DimensionShares.REFRESH; n++) {
            for (int d = 0; d < k; d++) {
                gradient[d] = (float) (random.nextGaussian() * Math.exp(-3.0 * d / k));
                squares[d] += gradient[d] * gradient[d];
            }
            shares.count(gradient, k);
            shares.endExample();
        }

        for (int n = 0; n < 1000; n++) {
            int width = 1 + random.nextInt(k);
            float sum = INITIAL + (float) Math.exp(8 * random.nextDouble() - 5);
            float grown = shares.grown(sum, width);
            double total = 0;
            for (int d = 0; d < width; d++) {
                total += squares[d];
            }
            for (int d = 0; d < width; d++) {
                double own = INITIAL + (sum - INITIAL) * squares[d] * width / total;
                double divisor =
                        Math.sqrt(INITIAL + grown) / shares.factors()[shares.octave(grown) + d];
                // The ends of an octave are by 1/√2 and √2 from its middle in n/a.
                assertThat(divisor).isCloseTo(Math.sqrt(own), within(0.25 * Math.sqrt(own)));
            }
        }
    }

    @Test
    void whatIsOldFades() {
        DimensionShares shares = new DimensionShares(2, INITIAL);
        for (int n = 0; n < 200_000; n++) {
            shares.count(new float[] {2, 1}, 2);
            shares.endExample();
        }
        for (int n = 0; n < 1_000_000; n++) {
            shares.count(new float[] {1, 2}, 2);
            shares.endExample();
        }

        DimensionShares turned = new DimensionShares(2, INITIAL);
        learn(turned, new float[] {1, 2}, 2);
        assertThat(shares.factors()).containsExactly(turned.factors(), within(0.01f));
    }

    @Test
    void writingAndReadingChangesNothing() throws IOException {
        DimensionShares shares = new DimensionShares(3, INITIAL);
        learn(shares, new float[] {1, 2, 3}, 3);
        shares.count(new float[] {5, 5, 5}, 2);
        shares.endExample();

        DimensionShares back = new DimensionShares(3, INITIAL);
        back.read(in(bytes(shares)));

        assertThat(bytes(back)).isEqualTo(bytes(shares));
        assertThat(back.factors()).isEqualTo(shares.factors());
        learn(shares, new float[] {3, 2, 1}, 3);
        learn(back, new float[] {3, 2, 1}, 3);
        assertThat(bytes(back)).isEqualTo(bytes(shares));
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        byte[] bytes = bytes(new DimensionShares(1, INITIAL));
        byte[] late = bytes.clone();
        late[2] = 2; // 512 examples
        byte[] negative = bytes.clone();
        negative[4] = (byte) 0xbf; // −1

        assertThatThrownBy(() -> new DimensionShares(1, INITIAL).read(in(late)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessage(
                        "model state: found 512 examples since shares are in force, expected 0 to 511");
        assertThatThrownBy(() -> new DimensionShares(1, INITIAL).read(in(negative)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessage(
                        "model state: found a share of a dimension of -1.0, expected 0 or more");
    }

    /** As many examples of one gradient as put it into force. */
    private static void learn(DimensionShares shares, float[] gradient, int width) {
        for (int n = 0; n < DimensionShares.REFRESH; n++) {
            if (shares.isDue()) {
                shares.count(gradient, width);
            }
            shares.endExample();
        }
    }

    private static byte[] bytes(DimensionShares shares) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        shares.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
