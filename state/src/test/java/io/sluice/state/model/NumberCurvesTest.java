package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.feature.ScaledNumbers;
import io.sluice.state.feature.Source;
import io.sluice.state.kernel.Activations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberCurvesTest {

    private static final int WIDTH = 14;
    private static final double RATE = 0.05;
    private static final double SUM = 0.1;
    private static final ModelConfig CONFIG =
            new ModelConfig(2, 0.1, 0.1, RATE, SUM, 1, 0.1, 0, 0, 1, 7);

    private final NumberScaling scaling =
            new NumberScaling(
                    new FeatureSchema(
                            List.of(
                                    FeatureSpec.of("a", Source.FEATURES, "a", Kind.NUMBER),
                                    FeatureSpec.of("b", Source.FEATURES, "b", Kind.NUMBER))));
    private final NumberCurves curves = new NumberCurves(scaling, CONFIG);

    /** A vector with a number that stands at z, while the scale has seen nothing. */
    private static void add(FeatureVector x, int index, double z) {
        x.addNumber(index, Math.signum(z) * Math.expm1(Math.abs(z)));
    }

    private static FeatureVector at(double z) {
        FeatureVector x = new FeatureVector();
        add(x, 0, z);
        return x;
    }

    @Test
    void aStepFollowsTheGradientOfTheLossByFiniteDifferences() throws IOException {
        Random random = new Random(9);
        float[] weights = new float[2 * WIDTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        FeatureVector x = new FeatureVector();
        add(x, 0, 0.7);
        add(x, 1, -2.9);
        x.addNumber(1, Double.NaN);
        curves.readServed(in(served(weights)));
        double gradient = Activations.sigmoid(curves.add(0.3, scaled(x))) - 1;

        curves.learn(scaled(x), gradient);

        float[] learnt = weights(curves);
        double width = 0.01; // large enough for weights held as floats
        for (int i = 0; i < weights.length; i++) {
            double slope = (loss(weights, i, width, x) - loss(weights, i, -width, x)) / (2 * width);
            double step = -RATE * slope / Math.sqrt(SUM + slope * slope);
            assertThat(learnt[i] - weights[i])
                    .as("weight %d", i)
                    .isCloseTo((float) step, within(2e-5f));
        }
    }

    /** Loss of label 1 with one weight moved. */
    private double loss(float[] weights, int moved, double by, FeatureVector x) throws IOException {
        float[] changed = weights.clone();
        changed[moved] += (float) by;
        NumberCurves each = NumberCurves.served(scaling);
        each.readServed(in(served(changed)));
        return -Math.log(Activations.sigmoid(each.add(0.3, scaled(x))));
    }

    @Test
    void theCurveIsStraightBetweenKnotsAndJoinsThem() throws IOException {
        float[] weights = new float[2 * WIDTH];
        Random random = new Random(4);
        for (int knot = 0; knot < 13; knot++) {
            weights[knot] = (float) random.nextGaussian();
        }
        weights[13] = 77;
        curves.readServed(in(served(weights)));

        for (int knot = 0; knot < 12; knot++) {
            for (double fraction = 0; fraction <= 1; fraction += 0.125) {
                double expected = weights[knot] * (1 - fraction) + weights[knot + 1] * fraction;
                assertThat(curves.add(0, scaled(at(-3 + (knot + fraction) / 2))))
                        .isCloseTo(expected, within(1e-5));
            }
        }
        assertThat(curves.add(0, scaled(at(8)))).isEqualTo(weights[12]);
        assertThat(curves.add(0, scaled(at(-8)))).isEqualTo(weights[0]);
        FeatureVector unknown = new FeatureVector();
        unknown.addNumber(0, Double.NaN);
        assertThat(curves.add(1, scaled(unknown))).isEqualTo(78);
    }

    @Test
    void learnsAStep() {
        Random random = new Random(2);
        for (int i = 0; i < 40_000; i++) {
            double z = random.nextDouble() * 6 - 3;
            double rate = z < 0 ? 0.1 : 0.8;
            double label = random.nextDouble() < rate ? 1 : 0;
            FeatureVector x = at(z);
            curves.learn(scaled(x), Activations.sigmoid(curves.add(0, scaled(x))) - label);
        }

        for (double z : new double[] {-2.5, -1.5, -1}) {
            assertThat(Activations.sigmoid(curves.add(0, scaled(at(z)))))
                    .isCloseTo(0.1, within(0.06));
            assertThat(Activations.sigmoid(curves.add(0, scaled(at(-z)))))
                    .isCloseTo(0.8, within(0.06));
        }
    }

    @Test
    void theServedCopySaysTheSameBitForBit() throws IOException {
        Random random = new Random(6);
        teach(random);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        curves.writeServed(new DataOutputStream(out));
        NumberCurves served = NumberCurves.served(scaling);

        served.readServed(in(out.toByteArray()));

        for (int i = 0; i < 500; i++) {
            FeatureVector x = at(random.nextGaussian() * 2);
            assertThat(served.add(0.1, scaled(x))).isEqualTo(curves.add(0.1, scaled(x)));
        }
    }

    @Test
    void allStateComesBackAndDamagedStateIsRefused() throws IOException {
        teach(new Random(8));
        byte[] bytes = bytes(curves);
        NumberCurves back = new NumberCurves(scaling, CONFIG);
        back.read(in(bytes));
        assertThat(bytes(back)).isEqualTo(bytes);
        FeatureVector x = at(1.25);
        back.learn(scaled(x), 0.5);
        curves.learn(scaled(x), 0.5);
        assertThat(bytes(back)).isEqualTo(bytes(curves));

        for (int at : new int[] {4, 4 + 4 * WIDTH, bytes.length - 4}) {
            byte[] nan = ByteBuffer.wrap(bytes.clone()).putFloat(at, Float.NaN).array();
            assertThatThrownBy(() -> back.read(in(nan))).isInstanceOf(CorruptStateException.class);
        }
        byte[] longer = ByteBuffer.wrap(bytes.clone()).putInt(0, 29).array();
        assertThatThrownBy(() -> back.read(in(longer)))
                .hasMessage("number curves: found 29 values, expected 28");
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> back.read(in(shorter))).isInstanceOf(IOException.class);
    }

    private void teach(Random random) {
        for (int i = 0; i < 300; i++) {
            FeatureVector x = at(random.nextGaussian() * 2);
            x.addNumber(1, random.nextInt(3) == 0 ? Double.NaN : random.nextGaussian());
            curves.learn(scaled(x), random.nextDouble() - 0.5);
        }
    }

    private ScaledNumbers scaled(FeatureVector x) {
        ScaledNumbers scaled = new ScaledNumbers();
        scaling.scale(x, scaled);
        return scaled;
    }

    private static byte[] served(float[] weights) {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * weights.length).putInt(weights.length);
        for (float weight : weights) {
            out.putFloat(weight);
        }
        return out.array();
    }

    private static float[] weights(NumberCurves curves) throws IOException {
        float[] weights = new float[2 * WIDTH];
        ByteBuffer.wrap(bytes(curves)).position(4).asFloatBuffer().get(weights);
        return weights;
    }

    private static byte[] bytes(NumberCurves curves) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        curves.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
