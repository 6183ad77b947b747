package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FactorizationMachineTest {

    private static final int K = 5;

    @RepeatedTest(3)
    void scoresAsTheSumOverAllPairs(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        FactorizationMachine machine = trained(random, config(0.1, 0.3));
        Map<Long, float[]> rows = rows(machine);

        for (int i = 0; i < 200; i++) {
            FeatureVector x = vector(random);
            // float32 sums of about ten terms against a double sum of pairs
            assertThat(machine.logit(x))
                    .isCloseTo(sumOverPairs(machine.bias(), rows, x), within(1e-4));
        }
    }

    @RepeatedTest(5)
    void stepsAgainstTheGradientOfTheLogisticLoss(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        // With sums of 100 and a rate of 1, one AdaGrad step is a tenth of the gradient, but for
        // what the gradient itself adds to the sum: less than 2 % for gradients below 2.
        ModelConfig config = new ModelConfig(K, 1, 1, 0.05, 100, 1, 0.3, 0, 0, 1, 1);
        FactorizationMachine machine = new FactorizationMachine(config);
        FeatureVector x = vector(random);
        machine.learn(x, 0, 0);
        Map<Long, float[]> before = rows(machine);
        double bias = machine.bias();
        double offset = 0.4;

        machine.learn(x, 1, offset);

        Map<Long, float[]> after = rows(machine);
        double h = 1e-3;
        for (int parameter = 0; parameter <= K; parameter++) {
            double up = lossAfterMoving(bias, before, x, parameter, h, offset);
            double down = lossAfterMoving(bias, before, x, parameter, -h, offset);
            double gradient = (up - down) / (2 * h);
            double step = after.get(x.key(0))[parameter] - before.get(x.key(0))[parameter];
            assertThat(-10 * step)
                    .as("parameter %d", parameter)
                    .isCloseTo(gradient, within(0.02 * Math.abs(gradient) + 1e-4));
        }
    }

    @Test
    void oneStepIsTheHandComputedOne() {
        ModelConfig config = new ModelConfig(1, 0.5, 0.5, 0.05, 1, 1, 0, 0, 0, 1, 1);
        FactorizationMachine machine = new FactorizationMachine(config);
        FeatureVector x = new FeatureVector();
        x.add(11, 2);

        double before = machine.learn(x, 1, 0);

        // g = 0.5 - 1; bias: G = 1.25; row: gw = g * 2 = -1, G = 2; embeddings are 0, gradient 0.
        double bias = 0.5 * 0.5 / Math.sqrt(1.25);
        double w = 0.5 * 1 / Math.sqrt(2);
        assertThat(before).isZero();
        assertThat(machine.bias()).isCloseTo((float) bias, within(1e-6f));
        assertThat(machine.logit(x)).isCloseTo(bias + 2 * w, within(1e-6));
    }

    @Test
    void aKeyWithoutARowAddsNothing() {
        Random random = new Random(1);
        FactorizationMachine machine = trained(random, config(0.1, 0.3));
        FeatureVector known = vector(random);
        FeatureVector more = known.copy();
        more.add(999_999, 1);

        assertThat(machine.logit(more)).isEqualTo(machine.logit(known));
        assertThat(machine.learn(more, 1, 0)).isEqualTo(machine.logit(known), within(1.0));
    }

    @Test
    void learnReturnsWhatLogitGaveBefore() {
        Random random = new Random(2);
        FactorizationMachine machine = new FactorizationMachine(config(0.1, 0.3));

        for (int i = 0; i < 2_000; i++) {
            FeatureVector x = vector(random);
            double logit = machine.logit(x);
            assertThat(machine.learn(x, random.nextInt(2), 0)).isEqualTo(logit);
        }
    }

    @Test
    void staysFiniteUnderExtremeLabelsAndValues() {
        FactorizationMachine machine = new FactorizationMachine(config(10, 10));
        FeatureVector x = new FeatureVector();
        x.add(1, 1e4f);
        x.add(2, -1e4f);

        for (int i = 0; i < 1_000; i++) {
            machine.learn(x, i % 2, 0);
        }

        assertThat(machine.logit(x)).isFinite();
    }

    @Test
    void anEmptyVectorScoresTheBias() {
        FactorizationMachine machine = trained(new Random(3), config(0.1, 0.3));

        assertThat(machine.logit(new FeatureVector())).isEqualTo(machine.bias());
    }

    @Test
    void refusesPartsThatItDoesNotKnow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(-K);
        out.writeByte(64);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertThatThrownBy(() -> new FactorizationMachine(config(0.1, 0.3)).readHead(in))
                .isInstanceOf(CorruptStateException.class)
                .hasMessage("model state: found parts 64, expected 0 to 31");
    }

    private static ModelConfig config(double rate, double scale) {
        return new ModelConfig(K, rate, rate, 0.05, 0.1, 1, scale, 0.001, 0, 1, 1);
    }

    private static FactorizationMachine trained(Random random, ModelConfig config) {
        FactorizationMachine machine = new FactorizationMachine(config);
        for (int i = 0; i < 500; i++) {
            machine.learn(vector(random), random.nextInt(2), 0);
        }
        return machine;
    }

    private static FeatureVector vector(Random random) {
        FeatureVector x = new FeatureVector();
        int size = 1 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            x.add(1 + i * 100L + random.nextInt(20), 0.5f + random.nextFloat());
        }
        return x;
    }

    /** The served part of every row that changed since the last call: all of them, at first. */
    private static Map<Long, float[]> rows(FactorizationMachine machine) {
        Map<Long, float[]> rows = new HashMap<>();
        machine.drainChangedRows(new RowsByKey(rows));
        return rows;
    }

    private static double sumOverPairs(double bias, Map<Long, float[]> rows, FeatureVector x) {
        double z = bias;
        for (int i = 0; i < x.size(); i++) {
            float[] left = rows.get(x.key(i));
            if (left == null) {
                continue;
            }
            z += left[0] * (double) x.value(i);
            for (int j = i + 1; j < x.size(); j++) {
                float[] right = rows.get(x.key(j));
                for (int d = 1; right != null && d <= K; d++) {
                    z += (double) left[d] * right[d] * x.value(i) * x.value(j);
                }
            }
        }
        return z;
    }

    private static double lossAfterMoving(
            double bias,
            Map<Long, float[]> rows,
            FeatureVector x,
            int parameter,
            double by,
            double offset) {
        Map<Long, float[]> moved = new HashMap<>(rows);
        float[] row = rows.get(x.key(0)).clone();
        row[parameter] += (float) by;
        moved.put(x.key(0), row);
        double p = Activations.sigmoid(sumOverPairs(bias, moved, x) + offset);
        return Activations.logLoss(p, 1);
    }
}
