package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExampleFocusTest {

    private static final FocusConfig BY_LOSS = new FocusConfig(1, 2, 0, 0.1, 0);
    private static final FocusConfig LONG_LEARNED = new FocusConfig(1, 0, 3, 0.2, 0);

    @Test
    void easyExamplesWeighLessAndHardOnesAreHeldAtTheMean() {
        ExampleFocus focus = new ExampleFocus(BY_LOSS);
        FeatureVector x = vector(1);

        // Losses 1, 3, 0.5 in units of ln 2, means 1, 2, 1.5, so f = 1, 1, 1/3 and r = 2.
        double hard = Math.exp(0.5);
        double easy = Math.exp(1.0 / 6);
        assertThat((double) focus.weight(x, 0.5, 1)).isCloseTo(1, within(1e-6));
        assertThat((double) focus.weight(x, 0.875, 0)).isCloseTo(1, within(1e-6));
        assertThat((double) focus.weight(x, Math.sqrt(0.5), 1))
                .isCloseTo(easy / ((2 * hard + easy) / 3), within(1e-6));
    }

    @Test
    void allGradientsAreWeighedByHowLargeTheyAreOnAverage() {
        ExampleFocus focus = new ExampleFocus(new FocusConfig(1, 0, 0, 0.1, 0.16));

        // p(1 − p) is 0.25, 0.16 and 0.09; the mean 0.25, 0.205 and 1/6.
        assertThat((double) focus.weight(vector(1), 0.5, 1)).isCloseTo(0.8, within(1e-6));
        assertThat((double) focus.weight(vector(2), 0.2, 1))
                .isCloseTo(Math.sqrt(0.16 / 0.205), within(1e-6));
        assertThat((double) focus.weight(vector(3), 0.9, 0))
                .isCloseTo(Math.sqrt(0.96), within(1e-6));
    }

    @Test
    void whereNothingIsASurpriseGradientsAreScaledByABoundedFactor() {
        ExampleFocus focus = new ExampleFocus(new FocusConfig(1, 0, 0, 0.1, 0.16));

        assertThat((double) focus.weight(vector(1), 0, 0)).isCloseTo(40, within(1e-4));
    }

    @Test
    void anExampleIsLeftOutAfterThreeRightPredictionsInARow() {
        ExampleFocus focus = new ExampleFocus(LONG_LEARNED);

        for (int i = 0; i < 3; i++) {
            assertThat(focus.weight(vector(1), 0.85, 1)).isEqualTo(1);
        }
        assertThat(focus.weight(vector(1), 0.85, 1)).isZero();
        assertThat(focus.weight(vector(2), 0.85, 1)).isEqualTo(1);
        assertThat(focus.weight(vector(1), 0.85, 0)).isEqualTo(1);
        assertThat(focus.weight(vector(1), 0.85, 1)).isEqualTo(1);
    }

    @Test
    void restoringBetweenAnyTwoExamplesChangesNothing() throws IOException {
        FocusConfig both = new FocusConfig(1, 1, 2, 0.4, 0.15);
        for (int cut = 0; cut < 30; cut++) {
            ExampleFocus whole = new ExampleFocus(both);
            Random random = new Random(1);
            for (int i = 0; i < cut; i++) {
                draw(whole, random);
            }
            ExampleFocus back = new ExampleFocus(both);
            back.read(new DataInputStream(new ByteArrayInputStream(bytes(whole))));

            Random again = new Random(2);
            Random andAgain = new Random(2);
            for (int i = cut; i < 30; i++) {
                assertThat(draw(back, again)).isEqualTo(draw(whole, andAgain));
            }
        }
    }

    @Test
    void refusesTheStateOfOtherSettings() throws IOException {
        byte[] bytes = bytes(new ExampleFocus(BY_LOSS));

        assertThatThrownBy(
                        () ->
                                new ExampleFocus(LONG_LEARNED)
                                        .read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("0 streaks; expected");
    }

    @Test
    void keepsTheLargestFifthOfAGradient() {
        float[] gradient = {0.1f, -0.9f, 0.3f, 0.3f, 0.2f, 7};

        // ceil(0.5 * 5) = 3 of the first five; the sixth is no part of it.
        new TopShare(0.5, 6).keep(gradient, 5, 5);

        assertThat(gradient).containsExactly(0, -0.9f, 0.3f, 0.3f, 0, 7);

        // Equals are kept in the order of their places.
        new TopShare(0.4, 6).keep(gradient, 5, 5);

        assertThat(gradient).containsExactly(0, -0.9f, 0.3f, 0, 0, 7);

        // A share of what is counted: a fifth of four is one.
        new TopShare(0.2, 6).keep(gradient, 5, 4);

        assertThat(gradient).containsExactly(0, -0.9f, 0, 0, 0, 7);
    }

    private static float draw(ExampleFocus focus, Random random) {
        return focus.weight(vector(random.nextInt(3)), random.nextDouble(), random.nextInt(2));
    }

    private static FeatureVector vector(int key) {
        FeatureVector x = new FeatureVector();
        x.add(key + 10, 1);
        x.add(99, 1);
        return x;
    }

    private static byte[] bytes(ExampleFocus focus) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        focus.write(new DataOutputStream(out));
        return out.toByteArray();
    }
}
