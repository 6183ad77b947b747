package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LessonTest {

    /** First and second lesson of what is shown, and what becomes of positives. */
    private enum Pair {
        PLAIN,
        RETRACTED,
        WEIGHTED;

        Lesson first() {
            return this == WEIGHTED ? Lesson.WEIGHTED_NEGATIVE : Lesson.NEGATIVE;
        }

        /** The second lesson, where the first one was learnt at prediction {@code before}. */
        Lesson second(double before) {
            return switch (this) {
                case PLAIN -> Lesson.POSITIVE;
                case RETRACTED -> Lesson.retraction(new Taken(before, null));
                case WEIGHTED -> Lesson.WEIGHTED_POSITIVE;
            };
        }

        /** The mean gradient at prediction p where a share q of what is shown is positive. */
        double gradient(double p, double q) {
            double ofNegatives = this == PLAIN ? 1 - q : 1;
            return ofNegatives * first().gradient(p) + q * second(p).gradient(p);
        }
    }

    @ParameterizedTest
    @EnumSource
    void settlesAtTheTrueShare(Pair pair) {
        for (double q = 0.01; q < 1; q += 0.01) {
            assertThat(pair.gradient(q, q)).as("q = %s", q).isCloseTo(0, within(1e-12));
            assertThat(pair.gradient(q + 0.005, q)).isPositive();
            assertThat(pair.gradient(q - 0.005, q)).isNegative();
        }
    }

    /** By hand: p, p − 1, p(1 − p²), −(1 − p²), and p − 1 less what was taken. */
    @ParameterizedTest
    @CsvSource({"0.2, -0.8, 0.192, -0.96", "0.5, -0.5, 0.375, -0.75", "0.9, -0.1, 0.171, -0.19"})
    void hasTheGradientsOfTheWrittenLosses(
            double p, double positive, double weightedNegative, double weightedPositive) {
        assertThat(Lesson.NEGATIVE.gradient(p)).isEqualTo(p);
        assertThat(Lesson.POSITIVE.gradient(p)).isCloseTo(positive, within(1e-12));
        assertThat(Lesson.retraction(new Taken(0.3, null)).gradient(p))
                .isCloseTo(positive - 0.3, within(1e-12));
        assertThat(Lesson.WEIGHTED_NEGATIVE.gradient(p)).isCloseTo(weightedNegative, within(1e-12));
        assertThat(Lesson.WEIGHTED_POSITIVE.gradient(p)).isCloseTo(weightedPositive, within(1e-12));
    }

    /** Bias alone, rate 0.5, sums from 1: two steps of AdaGrad by hand. */
    @ParameterizedTest
    @CsvSource({"RETRACTED, 0.5", "WEIGHTED, 0.375"})
    void stepsAsByHand(Pair pair, double first) {
        FactorizationMachine machine =
                new FactorizationMachine(new ModelConfig(4, 0.1, 0.5, 0.05, 1, 1, 0.1, 0, 0, 1, 7));
        FeatureVector nothing = new FeatureVector();

        double before = machine.learn(nothing, pair.first(), 0);
        double sum = 1 + first * first;
        double bias = -0.5 * first / Math.sqrt(sum);
        assertThat(before).isZero();
        assertThat(machine.bias()).isCloseTo((float) bias, within(1e-6f));

        machine.learn(nothing, pair.second(0.5), 0);
        double p = 1 / (1 + Math.exp(-bias));
        double gradient = pair == Pair.RETRACTED ? p - 1 - 0.5 : p * p - 1;
        bias -= 0.5 * gradient / Math.sqrt(sum + gradient * gradient);
        assertThat(machine.bias()).isCloseTo((float) bias, within(1e-6f));
    }

    @Test
    void aStepIsTakenBackAlongTheSumsAsTheyWere() {
        FactorizationMachine known = trained();
        FactorizationMachine takenBack = trained();
        FactorizationMachine asTheyAre = trained();
        for (int i = 0; i < 20; i++) {
            FeatureVector x = pair(i);
            known.learn(x, Lesson.POSITIVE, 0);
            retract(takenBack, x, true);
            retract(asTheyAre, x, false);
        }

        double expected = length(known);
        double lost = expected - length(asTheyAre);
        assertThat(lost).isGreaterThan(0.05 * expected);
        assertThat(length(takenBack)).isCloseTo(expected, within(lost / 3));
    }

    private static void retract(FactorizationMachine machine, FeatureVector x, boolean keepsSums) {
        double p = Activations.sigmoid(machine.learn(x, Lesson.NEGATIVE, 0));
        float[] sums = machine.representation().clone();
        machine.learn(x, Lesson.retraction(new Taken(p, keepsSums ? sums : null)), 0);
    }

    private static FactorizationMachine trained() {
        FactorizationMachine machine =
                new FactorizationMachine(new ModelConfig(4, 0.1, 0.1, 0.05, 1, 1, 0.1, 0, 0, 1, 7));
        for (int i = 0; i < 200; i++) {
            machine.learn(pair(i), Lesson.of(i % 3 == 0 ? 0 : 1), 0);
        }
        return machine;
    }

    /** What the machine makes of all pairs, as one length. */
    private static double length(FactorizationMachine machine) {
        double squares = 0;
        for (int i = 0; i < 12; i++) {
            double unused = machine.logit(pair(i));
            for (float sum : machine.representation()) {
                squares += sum * sum;
            }
        }
        return Math.sqrt(squares);
    }

    private static FeatureVector pair(int i) {
        FeatureVector x = new FeatureVector();
        x.add(1, 1, 0);
        x.add(100 + i % 3, 1, 1);
        x.add(200 + i % 4, 1, 2);
        return x;
    }
}
