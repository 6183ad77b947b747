package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.kernel.Activations;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {

    private static final int VOICES = 3;
    private static final double LIMIT = 1;
    private static final GateConfig CONFIG = GateConfig.DEFAULT;

    /** What a stream does to a memory. */
    enum Stream {
        /** Labels follow the model; voices are noise. */
        NOISE,
        /** Voices say the opposite of what comes. */
        LIARS,
        /** Right for a while, wrong for a while. */
        TURNING,
        /** Each label is the one that the answer likes least. */
        ADVERSARY
    }

    @ParameterizedTest
    @EnumSource
    void losesNoMoreAgainstTheModelThanTheBound(Stream stream) {
        for (int seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            Gate gate = new Gate(VOICES, LIMIT, CONFIG);
            double lost = 0;
            int examples = 20_000;
            for (int t = 0; t < examples; t++) {
                MemoryReading reading = reading(3 * random.nextGaussian() - 1);
                int segment = random.nextInt(8);
                double truth = reading.base();
                int label = random.nextDouble() < truth ? 1 : 0;
                say(reading, stream, t, label, random);
                double answer = gate.mix(reading, segment);
                if (stream == Stream.ADVERSARY) {
                    label = answer > reading.base() ? 0 : 1;
                }
                lost += Activations.logLoss(answer, label);
                lost -= Activations.logLoss(reading.base(), label);
                gate.learn(reading, segment, label, 1);
            }

            double shut = examples * 0x1p-12 * (Math.exp(LIMIT) - 1);
            double bound = 8 * Math.log(2) - examples * Math.log1p(-CONFIG.share()) + shut;
            assertThat(lost).as("%s, seed %d", stream, seed).isLessThanOrEqualTo(bound);
        }
    }

    private static void say(MemoryReading reading, Stream stream, int t, int label, Random random) {
        float right = label == 1 ? 1 : -1;
        for (int v = 0; v < VOICES; v++) {
            float said =
                    switch (stream) {
                        case NOISE, ADVERSARY -> (float) random.nextGaussian();
                        case LIARS -> -right;
                        case TURNING -> t / 500 % 2 == 0 ? right : -right;
                    };
            reading.say(v, Math.max(-1, Math.min(1, said)), 1);
        }
    }

    @Test
    void shutsToTheModelsOwnAnswerBitForBitAndOpensAgain() {
        Random random = new Random(3);
        Gate gate = new Gate(VOICES, LIMIT, CONFIG);
        for (int t = 0; t < 3000; t++) {
            teach(gate, random, -1);
        }
        MemoryReading reading = reading(0.3);
        reading.say(0, 1, 1);

        assertThat(gate.mix(reading, 1)).isEqualTo(reading.base());
        assertThat(gate.weight(0, 1)).isZero();

        for (int t = 0; t < 3000; t++) {
            teach(gate, random, 1);
        }
        assertThat(gate.trustInModel(1)).isLessThan(0.01);
        assertThat(gate.mix(reading, 1)).isGreaterThan(reading.base() + 0.1);
    }

    /** One example in which the first voice is right or wrong. */
    private static void teach(Gate gate, Random random, int sign) {
        MemoryReading reading = reading(0);
        int label = random.nextInt(2);
        reading.say(0, sign * (label == 1 ? 1f : -1f), 1);
        gate.learn(reading, 1, label, 1);
    }

    @Test
    void silentVoicesChangeNothing() {
        Gate gate = new Gate(VOICES, LIMIT, CONFIG);
        MemoryReading reading = reading(0.7);

        assertThat(gate.mix(reading, 0)).isEqualTo(reading.base());
    }

    @Test
    void neverMovesLogOddsBeyondTheLimit() {
        Random random = new Random(5);
        Gate gate = new Gate(VOICES, LIMIT, CONFIG);
        for (int t = 0; t < 5000; t++) {
            teach(gate, random, 1);
            MemoryReading reading = reading(random.nextGaussian() * 4);
            for (int v = 0; v < VOICES; v++) {
                reading.say(v, random.nextBoolean() ? 1 : -1, 1);
            }
            double moved = logit(gate.mix(reading, 1)) - reading.baseLogit();
            assertThat(Math.abs(moved)).isLessThanOrEqualTo(LIMIT + 1e-9);
        }
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static MemoryReading reading(double logit) {
        MemoryReading reading = new MemoryReading();
        reading.begin(VOICES, logit, Activations.sigmoid(logit));
        return reading;
    }
}
