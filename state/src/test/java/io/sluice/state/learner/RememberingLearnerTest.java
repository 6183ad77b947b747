package io.sluice.state.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.ShownMemory;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.MemoryReading;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingLearnerTest {

    private static final MemoryConfig MEMORY =
            MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL).withCells(256);
    private static final FeatureVector X = RandomStream.vector("u1", "i1");

    @Test
    void judgesAHeldPredictionAsMemoryCorrectedItWhenItWasShown() {
        OnlineLearner learner = taught();
        MemoryReading then = new MemoryReading();
        learner.predict(X, 200_000, then);
        learner.expose(new Exposure(200_000, "r", List.of(new Exposure.Slot("i1", X))));
        teach(learner, 300_000, 0);

        Scored scored =
                learner.observe(
                        new Example(900_000, "r", "i1", X, 1, Example.Origin.HELD, Float.NaN));

        assertThat(scored.base()).isEqualTo((float) then.base());
        assertThat(scored.prediction()).isEqualTo((float) then.probability());
        assertThat(scored.prediction()).isNotEqualTo(scored.base());
    }

    @Test
    void judgesBothThatAServerLogged() {
        ShownMemory logged = new ShownMemory(0.25, Collections.nCopies(4, 0.5f));

        Scored scored =
                taught().observe(
                                new Example(
                                        900_000,
                                        "r",
                                        "i1",
                                        X,
                                        1,
                                        Example.Origin.LOGGED,
                                        0.375f,
                                        logged));

        assertThat(scored.base()).isEqualTo(0.25f);
        assertThat(scored.prediction()).isEqualTo(0.375f);
    }

    @Test
    void aServerWithoutMemoryHasServedTheModelsOwn() {
        Scored scored =
                taught().observe(
                                new Example(
                                        900_000, "r", "i1", X, 1, Example.Origin.LOGGED, 0.375f));

        assertThat(scored.base()).isEqualTo(0.375f);
        assertThat(scored.prediction()).isEqualTo(0.375f);
    }

    @Test
    void whatIsWrittenIsTheErrorOfThePredictionThatWasShown() {
        OnlineLearner learner = taught();
        OnlineLearner other = taught();
        learner.observe(logged(0.9));
        other.observe(logged(0.1));
        MemoryReading surprised = new MemoryReading();
        MemoryReading confirmed = new MemoryReading();

        other.predict(X, 1_000_000, surprised);
        learner.predict(X, 1_000_000, confirmed);

        // The first voice is the user's fast one; 0.1 was further from the label 1 than 0.9.
        assertThat(surprised.correction(0)).isGreaterThan(confirmed.correction(0));
    }

    private static Example logged(double base) {
        return new Example(
                900_000,
                "r",
                "i1",
                X,
                1,
                Example.Origin.LOGGED,
                (float) base,
                new ShownMemory(base, Collections.nCopies(4, 0f)));
    }

    private static OnlineLearner taught() {
        OnlineLearner learner =
                new OnlineLearner(RandomStream.config(1), MEMORY, RandomStream.SCHEMA);
        teach(learner, 0, 1);
        return learner;
    }

    private static void teach(OnlineLearner learner, long from, float label) {
        for (int i = 0; i < 50; i++) {
            FeatureVector x = RandomStream.vector("u1", "i" + i);
            learner.observe(
                    new Example(from + i, "", "i", x, label, Example.Origin.DIRECT, Float.NaN));
        }
    }
}
