package io.sluice.state.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnlineLearnerTest {

    private static final FeatureVector X = RandomStream.vector("u", "i");

    @Test
    void aHeldExampleIsJudgedAsTheModelWasWhenItWasShown() {
        OnlineLearner learner = learner(1);
        learner.expose(new Exposure(0, "r", List.of(new Exposure.Slot("i", X))));
        float shown = (float) learner.predict(X);
        for (int i = 0; i < 50; i++) {
            learner.observe(direct(i + 1, 1));
        }

        Scored scored =
                learner.observe(new Example(100, "r", "i", X, 1, Example.Origin.HELD, Float.NaN));

        assertThat(scored.prediction()).isEqualTo(shown);
        assertThat(learner.predict(X)).isGreaterThan(shown + 0.2);
        assertThat(learner.heldPredictions()).isZero();
    }

    @Test
    void aLoggedExampleIsJudgedByTheLoggedScore() {
        OnlineLearner learner = learner(1);

        Scored scored =
                learner.observe(new Example(1, "r", "i", X, 1, Example.Origin.LOGGED, 0.125f));

        assertThat(scored.prediction()).isEqualTo(0.125f);
    }

    @Test
    void aDirectExampleIsJudgedJustBeforeItIsLearnt() {
        OnlineLearner learner = learner(1);
        learner.observe(direct(1, 1));
        float before = (float) learner.predict(X);

        Scored scored = learner.observe(direct(2, 1));

        assertThat(scored.prediction()).isEqualTo(before);
        assertThat(learner.predict(X)).isGreaterThan(before);
    }

    @Test
    void thinnedNegativesLeaveThePredictionsCalibrated() {
        double rate = 0.05;
        OnlineLearner whole = learner(1);
        OnlineLearner thinned = learner(0.1);
        Random random = new Random(5);
        double weight = 0;

        for (int i = 0; i < 60_000; i++) {
            Example example = direct(i, random.nextDouble() < rate ? 1 : 0);
            whole.observe(example);
            Scored scored = thinned.observe(example);
            weight += scored == null ? 0 : scored.weight();
        }

        assertThat(whole.predict(X)).isCloseTo(rate, within(0.01));
        assertThat(thinned.predict(X)).isCloseTo(rate, within(0.01));
        assertThat(thinned.examples()).isLessThan(12_000);
        assertThat(thinned.examples() + thinned.sampledAway()).isEqualTo(60_000);
        // The kept ones stand for all: 60,000 within four standard errors of the sampling.
        assertThat(weight).isCloseTo(60_000, within(3_000.0));
    }

    @Test
    void aSampledAwayNegativeReleasesItsHeldPrediction() {
        OnlineLearner learner = learner(1e-9);
        learner.expose(new Exposure(0, "r", List.of(new Exposure.Slot("i", X))));

        Scored scored =
                learner.observe(new Example(1, "r", "i", X, 0, Example.Origin.HELD, Float.NaN));

        assertThat(scored).isNull();
        assertThat(learner.heldPredictions()).isZero();
    }

    @Test
    void theOrderPutsExposuresBeforeExamplesOfTheSameMoment() {
        List<LearnerEvent> sorted = RandomStream.events(3, 300);
        List<LearnerEvent> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(9));

        shuffled.sort(LearnerEventOrder.INSTANCE);

        assertThat(shuffled).isEqualTo(sorted);
        LearnerEvent exposure = new Exposure(5, "z", List.of());
        assertThat(LearnerEventOrder.INSTANCE.compare(exposure, direct(5, 1))).isNegative();
        assertThat(LearnerEventOrder.INSTANCE.compare(exposure, direct(4, 1))).isPositive();
    }

    private static OnlineLearner learner(double keepRate) {
        return new OnlineLearner(RandomStream.config(keepRate), RandomStream.SCHEMA);
    }

    private static Example direct(long time, float label) {
        return new Example(time, "", "i", X, label, Example.Origin.DIRECT, Float.NaN);
    }
}
