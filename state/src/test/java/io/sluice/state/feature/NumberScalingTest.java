package io.sluice.state.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.kernel.Hashing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberScalingTest {

    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("price", Source.FEATURES, "price", Kind.NUMBER),
                            FeatureSpec.of("age", Source.CONTEXT, "age", Kind.NUMBER)));
    private static final int PRICE = 0;
    private static final int AGE = 1;

    @Test
    void standsOnTheMeanAndDeviationOfTheLogarithms() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        NumberScaling scaling = new NumberScaling(SCHEMA);
        List<Double> logs = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            // Both ends in turn first: from then on none is further than 4 deviations away, so
            // that none is held back.
            float x = (float) ((i < 20 ? i % 2 : random.nextDouble()) * 200 - 50);
            logs.add(Math.signum(x) * Math.log1p(Math.abs((double) x)));
            observe(scaling, number(PRICE, x));
        }
        double mean = logs.stream().mapToDouble(t -> t).average().orElseThrow();
        double variance =
                logs.stream().mapToDouble(t -> (t - mean) * (t - mean)).average().orElseThrow();

        for (float x : new float[] {-40, -1, 0, 3, 100}) {
            double t = Math.signum(x) * Math.log1p(Math.abs((double) x));
            double expected = (t - mean) / Math.sqrt(variance);
            assertThat(z(scaling, number(PRICE, x)))
                    .as("seed " + seed)
                    // The deviation has 1e-6 added, against division by zero.
                    .isCloseTo(expected, within(1e-5));
        }
        assertThat(z(scaling, number(AGE, 1))).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void anOutlierMovesTheScaleNoMoreThanANumberFourDeviationsAway() {
        NumberScaling scaling = observed(1_000);
        double before = z(scaling, number(PRICE, 30));

        observe(scaling, number(PRICE, Float.MAX_VALUE));

        assertThat(z(scaling, number(PRICE, 30))).isCloseTo(before, within(0.02));
    }

    @Test
    void numbersBeyondFloatsLeaveTheScaleUsable() throws IOException {
        NumberScaling scaling = new NumberScaling(SCHEMA);
        for (double x : new double[] {1e300, -1e300, Double.MAX_VALUE, 5, 6}) {
            observe(scaling, number(PRICE, x));
        }

        NumberScaling back = new NumberScaling(SCHEMA);
        back.read(in(bytes(scaling)));

        assertThat(z(back, number(PRICE, 5))).isBetween(-3.0, 3.0);
    }

    @Test
    void whatIsFarIsClippedAndWhatIsUnknownStaysSo() {
        NumberScaling scaling = observed(1_000);

        assertThat(z(scaling, number(PRICE, 1e30))).isEqualTo(NumberScaling.REACH);
        assertThat(z(scaling, number(PRICE, -1e30))).isEqualTo(-NumberScaling.REACH);
        assertThat(z(scaling, number(PRICE, Double.NaN))).isNaN();
    }

    @Test
    void unknownNumbersDoNotMoveTheScale() throws IOException {
        NumberScaling scaling = observed(100);
        byte[] before = bytes(scaling);

        observe(scaling, number(PRICE, Double.NaN));

        assertThat(bytes(scaling)).isEqualTo(before);
    }

    @Test
    void theRowOfANumberStandsWhereItWasAdded() {
        NumberScaling scaling = new NumberScaling(SCHEMA);
        FeatureVector x = new FeatureVector();
        x.addNumber(AGE, 1);
        x.add(11, 0.5f, 7);
        x.add(12, 0.25f, 255);
        x.addNumber(PRICE, Double.NaN);
        x.addNumber(PRICE, -1);
        x.add(13, 1);
        x.addNumber(AGE, 0);
        FeatureVector rows = new FeatureVector();
        rows.add(99, 99);

        scaling.expand(x, scaled(scaling, x), rows);

        FeatureVector expected = new FeatureVector();
        expected.add(row("age"), 0.3f * (float) Math.log(2), 2);
        expected.add(11, 0.5f, 7);
        expected.add(12, 0.25f, 255);
        expected.add(row("price"), -0.3f * (float) Math.log(2), 1);
        expected.add(13, 1);
        expected.add(row("age"), 0, 2);
        assertThat(rows).isEqualTo(expected);
    }

    private static long row(String name) {
        return RowKeys.of(Hashing.text(0, name));
    }

    @Test
    void momentsComeBackAsTheyWereAndDamagedOnesAreRefused() throws IOException {
        NumberScaling scaling = observed(50);
        byte[] bytes = bytes(scaling);
        NumberScaling back = new NumberScaling(SCHEMA);
        back.read(in(bytes));
        assertThat(bytes(back)).isEqualTo(bytes);

        assertThatThrownBy(() -> back.read(in(patched(bytes, 0, 1))))
                .hasMessage("number scale: found 1 numbers, expected 2");
        double[] bad = {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e7};
        for (int moment = 0; moment < 6; moment++) {
            int at = 4 + 8 * moment;
            for (double each : moment % 3 == 1 ? new double[] {Double.NaN, 1_001} : bad) {
                byte[] damaged = ByteBuffer.wrap(bytes.clone()).putDouble(at, each).array();
                assertThatThrownBy(() -> back.read(in(damaged)))
                        .as("moment at %d: %s", at, each)
                        .isInstanceOf(CorruptStateException.class);
            }
        }
    }

    private static byte[] patched(byte[] bytes, int at, int value) {
        return ByteBuffer.wrap(bytes.clone()).putInt(at, value).array();
    }

    /** A scale that saw numbers around 30. */
    private static NumberScaling observed(int numbers) {
        NumberScaling scaling = new NumberScaling(SCHEMA);
        Random random = new Random(5);
        for (int i = 0; i < numbers; i++) {
            observe(scaling, number(PRICE, 20 + 20 * random.nextDouble()));
        }
        return scaling;
    }

    private static FeatureVector number(int index, double value) {
        FeatureVector x = new FeatureVector();
        x.addNumber(index, value);
        return x;
    }

    private static ScaledNumbers scaled(NumberScaling scaling, FeatureVector x) {
        ScaledNumbers scaled = new ScaledNumbers();
        scaling.scale(x, scaled);
        return scaled;
    }

    private static double z(NumberScaling scaling, FeatureVector x) {
        return scaled(scaling, x).z(0);
    }

    private static void observe(NumberScaling scaling, FeatureVector x) {
        scaling.observe(scaled(scaling, x));
    }

    private static byte[] bytes(NumberScaling scaling) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        scaling.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
