package io.sluice.state.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.MemoryReading;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is learnt of shown items before their label is known. */
class AssumptionTest {

    private static final MemoryConfig MEMORY =
            MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL).withCells(256);
    private static final FeatureVector X = RandomStream.vector("u1", "i1");

    @Test
    void aNegativeThatStaysIsLearntOnceAndJudgedOnce() {
        OnlineLearner assuming = learner(1, MemoryConfig.NONE);
        OnlineLearner plain = learner(1, MemoryConfig.NONE);
        show(assuming);
        show(plain);

        assuming.assume(new Assumption(example(1_000, 0), Correction.RETRACT));
        Scored early = plain.observe(example(1_000, 0));
        assertThat(assuming.predict(X)).isEqualTo(plain.predict(X));
        assertThat(assuming.examples()).as("nothing is judged yet").isZero();
        assertThat(assuming.heldAssumptions()).isOne();

        double between = assuming.predict(X);
        Scored scored = assuming.observe(example(9_000, 0));
        assertThat(assuming.predict(X)).isEqualTo(between);
        assertThat(scored.prediction()).isEqualTo(early.prediction());
        assertThat(scored.label()).isZero();
        assertThat(assuming.heldAssumptions()).isZero();
        assertThat(assuming.heldPredictions()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aPositiveThatFollowsIsJudgedByWhatWasShownAndRaisesThePrediction(Correction correction) {
        OnlineLearner learner = learner(1, MemoryConfig.NONE);
        double shown = learner.predict(X);
        show(learner);
        learner.assume(new Assumption(example(1_000, 0), correction));
        double assumed = learner.predict(X);

        Scored scored = learner.observe(example(9_000, 1));

        assertThat(assumed).isLessThan(shown);
        assertThat(scored.prediction()).isEqualTo((float) shown);
        assertThat(scored.label()).isOne();
        assertThat(learner.predict(X)).isGreaterThan(shown);
        assertThat(learner.examples()).isOne();
    }

    @Test
    void aLabelBehindNoAssumptionIsLearntWhole() {
        OnlineLearner one = learner(1, MemoryConfig.NONE);
        OnlineLearner other = learner(1, MemoryConfig.NONE);
        show(one);
        show(other);
        other.assume(
                new Assumption(
                        new Example(1_000, "r2", "i", X, 0, Example.Origin.DIRECT, Float.NaN),
                        Correction.RETRACT));
        one.observe(new Example(1_000, "r2", "i", X, 0, Example.Origin.DIRECT, Float.NaN));

        one.observe(example(2_000, 1));
        other.observe(example(2_000, 1));

        assertThat(other.predict(X)).isEqualTo(one.predict(X));
    }

    /**
     * However late positives are, and with negatives left out, predictions settle at their share.
     */
    @ParameterizedTest
    @CsvSource({"RETRACT, 1", "RETRACT, 0.3", "WEIGH, 1"})
    void predictionsSettleAtTheShareOfPositives(Correction correction, double keepRate) {
        OnlineLearner learner = learner(keepRate, MemoryConfig.NONE);
        Random random = new Random(3);
        FeatureVector nobody = new FeatureVector();
        double share = 0.15;
        double sum = 0;
        PriorityQueue<LearnerEvent> waiting = new PriorityQueue<>(LearnerEventOrder.INSTANCE);
        for (int i = 0; i < 30_000; i++) {
            String request = "r" + i;
            waiting.add(new Assumption(direct(10L * i, request, nobody, 0), correction));
            boolean isPositive = random.nextDouble() < share;
            long known = 10L * i + (isPositive ? 1 + random.nextInt(5_000) : 5_000);
            waiting.add(direct(known, request, nobody, isPositive ? 1 : 0));
            while (waiting.peek().time() <= 10L * i) {
                RandomStream.feed(learner, List.of(waiting.remove()));
            }
            sum += i < 15_000 ? 0 : learner.predict(nobody) / 15_000;
            assertThat(learner.predict(nobody)).as("event %d", i).isLessThanOrEqualTo(0.5);
        }

        // Labels of 500 events are always on their way, a half of the positives of them.
        assertThat(sum).isCloseTo(share, within(0.015));
        RandomStream.feed(learner, drained(waiting));
        assertThat(learner.heldAssumptions()).isZero();
    }

    private static List<LearnerEvent> drained(PriorityQueue<LearnerEvent> waiting) {
        List<LearnerEvent> events = new ArrayList<>();
        while (!waiting.isEmpty()) {
            events.add(waiting.remove());
        }
        return events;
    }

    @Test
    void memoryIsCorrectedToWhatItWouldHoldHadThePositiveBeenKnown() {
        OnlineLearner late = frozen();
        OnlineLearner early = frozen();
        for (OnlineLearner each : List.of(late, early)) {
            for (int i = 0; i < 30; i++) {
                each.observe(direct(i, "", RandomStream.vector("u" + i % 4, "i" + i % 3), i % 2));
            }
            show(each);
        }

        late.assume(new Assumption(example(1_000, 0), Correction.RETRACT));
        assertThat(read(late)).isLessThan(read(early));
        late.observe(example(9_000, 1));
        early.observe(example(1_000, 1));

        for (int voice = 0; voice < reading(early).voices(); voice++) {
            assertThat(reading(late).correction(voice))
                    .as("voice %d", voice)
                    .isCloseTo(reading(early).correction(voice), within(1e-6f));
        }
    }

    @Test
    void onlyANegativeCanBeAssumed() {
        assertThatThrownBy(() -> new Assumption(example(1, 1), Correction.RETRACT))
                .hasMessageContaining("found label 1");
    }

    /** Its model learns nothing, so that only memory moves. */
    private static OnlineLearner frozen() {
        return new OnlineLearner(
                RandomStream.config(1).freezingAfter(1), MEMORY, RandomStream.SCHEMA);
    }

    private static double read(OnlineLearner learner) {
        return reading(learner).correction(0);
    }

    private static MemoryReading reading(OnlineLearner learner) {
        MemoryReading reading = new MemoryReading();
        learner.predict(X, 20_000, reading);
        return reading;
    }

    private static OnlineLearner learner(double keepRate, MemoryConfig memory) {
        return new OnlineLearner(RandomStream.config(keepRate), memory, RandomStream.SCHEMA);
    }

    private static void show(OnlineLearner learner) {
        learner.expose(new Exposure(500, "r", List.of(new Exposure.Slot("i1", X))));
    }

    private static Example example(long time, float label) {
        return new Example(time, "r", "i1", X, label, Example.Origin.HELD, Float.NaN);
    }

    private static Example direct(long time, String request, FeatureVector x, float label) {
        return new Example(time, request, "i", x, label, Example.Origin.DIRECT, Float.NaN);
    }
}
