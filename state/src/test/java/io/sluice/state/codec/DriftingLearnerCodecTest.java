package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.drift.AdwinConfig;
import io.sluice.state.drift.DetectorKind;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.drift.DriftMonitor;
import io.sluice.state.drift.PageHinkleyConfig;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.memory.MemoryReading;
import io.sluice.state.rank.Elimination;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A learner that watches its loss: what an alarm does, and how detectors are checkpointed. */
class DriftingLearnerCodecTest {

    private static final int GROUPS = 8;
    private static final MemoryConfig MEMORY =
            MemoryConfig.DEFAULT.with(MemoryMode.RESIDUAL).withCells(64);
    private static final DriftConfig DRIFT =
            new DriftConfig(
                    DetectorKind.PAGE_HINKLEY,
                    new AdwinConfig(0.05, 8, 20),
                    new PageHinkleyConfig(0.1, 25, 60),
                    "item",
                    4,
                    20,
                    600_000);

    private final List<DriftAlarm> alarms = new ArrayList<>();

    @Test
    void restoringBetweenAnyTwoAlarmsChangesNothing() throws IOException {
        List<Example> examples = examples();
        for (DetectorKind kind : List.of(DetectorKind.ADWIN, DetectorKind.PAGE_HINKLEY)) {
            DriftConfig drift = DRIFT.with(kind);
            OnlineLearner whole = learner(drift);
            alarms.clear();
            examples.forEach(whole::observe);
            List<DriftAlarm> expected = List.copyOf(alarms);
            assertThat(expected).as("%s", kind).isNotEmpty();

            alarms.clear();
            OnlineLearner learner = learner(drift);
            for (int i = 0; i < examples.size(); i++) {
                learner.observe(examples.get(i));
                if (i % 97 == 0) {
                    byte[][] pieces = LearnerCodec.write(learner, GROUPS);
                    learner = learner(drift);
                    for (byte[] piece : pieces) {
                        LearnerCodec.read(piece, learner);
                    }
                }
            }

            assertThat(alarms).isEqualTo(expected);
            assertThat(LearnerCodec.digest(learner)).isEqualTo(LearnerCodec.digest(whole));
        }
    }

    @Test
    void anAlarmSaysWhenAndByWhichExampleItShowed() {
        OnlineLearner learner = learner(DRIFT);
        List<Example> examples = examples();
        examples.forEach(learner::observe);

        assertThat(alarms).extracting(alarm -> alarm.change().field()).contains("", "item");
        for (DriftAlarm alarm : alarms) {
            Example example = examples.get((int) alarm.sequence());
            assertThat(alarm.sequence()).as("behind the change").isGreaterThanOrEqualTo(300);
            assertThat(alarm.time()).isEqualTo(example.time());
            assertThat(alarm.item()).isEqualTo(example.item());
            assertThat(alarm.change().to()).isGreaterThan(alarm.change().from());
        }
    }

    @Test
    void afterAnAlarmMemoryFadesFaster() {
        OnlineLearner hastened = learner(DRIFT);
        OnlineLearner plain = learner(DriftConfig.NONE);
        for (Example example : examples()) {
            hastened.observe(example);
            plain.observe(example);
        }
        assertThat(alarms).isNotEmpty();
        FeatureVector x = RandomStream.vector("u1", "i1");
        long end = 1_000L * 600;

        assertThat(fastVoice(hastened, x, end + 500_000))
                .isLessThan(0.9 * fastVoice(plain, x, end + 500_000));
    }

    /** What the user's fast voice says, whose evidence is that of many hours ago. */
    private static double fastVoice(OnlineLearner learner, FeatureVector x, long time) {
        MemoryReading reading = new MemoryReading();
        learner.predict(x, time, reading);
        return Math.abs(reading.correction(0));
    }

    @Test
    void detectorsOfAnotherShapeBeginAnew() throws IOException {
        OnlineLearner watching = learner(DRIFT);
        OnlineLearner plain = learner(DriftConfig.NONE);
        for (Example example : examples()) {
            watching.observe(example);
        }
        LearnerCodec.read(LearnerCodec.write(watching, 1)[0], plain);
        OnlineLearner adwin = learner(DRIFT.with(DetectorKind.ADWIN));
        LearnerCodec.read(LearnerCodec.write(watching, 1)[0], adwin);

        assertThat(plain.examples()).isEqualTo(watching.examples());
        assertThat(adwin.examples()).isEqualTo(watching.examples());
        assertThat(LearnerCodec.digest(adwin)).isNotEqualTo(LearnerCodec.digest(watching));
    }

    /** learner-v3-drift.bin is {@code LearnerCodec.write(watched(), 1)[0]} of version 3. */
    @Test
    void readsTheBytesOfVersionThree() throws IOException {
        byte[] golden;
        try (InputStream in = getClass().getResourceAsStream("/golden/learner-v3-drift.bin")) {
            golden = in.readAllBytes();
        }
        // Its memory had cells that did not know their names, which nobody reads any more.
        OnlineLearner back = forgetful();
        LearnerCodec.read(golden, back);
        OnlineLearner expected = forgetful();
        LearnerCodec.read(LearnerCodec.write(watched(), 1)[0], expected);

        assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(expected));
    }

    OnlineLearner watched() {
        OnlineLearner learner = learner(DRIFT.with(DetectorKind.ADWIN));
        examples().subList(0, 200).forEach(learner::observe);
        return learner;
    }

    @Test
    void modelMemoryAndDetectorsTogetherStayWithinTheBudget() {
        MemoryBudget budget = new MemoryBudget(1 << 18);
        DriftConfig drift = DRIFT.with(DetectorKind.ADWIN);
        OnlineLearner learner =
                new OnlineLearner(
                        RandomStream.config(1).within(budget, StoreConfig.DEFAULT),
                        MEMORY.withCells(0),
                        drift,
                        RandomStream.SCHEMA,
                        Elimination.DEFAULT);
        RandomStream.feed(learner, RandomStream.events(33, 300));

        assertThat(learner.drift().bytes()).isEqualTo(DriftMonitor.bytes(drift)).isPositive();
        assertThat(learner.model().bytes() + learner.memory().bytes() + learner.drift().bytes())
                .isLessThanOrEqualTo(budget.bytes());
    }

    /** One label in twenty is 1; from example 300 on, one in twenty is 0. */
    private static List<Example> examples() {
        Random random = new Random(21);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String item = "i" + random.nextInt(3);
            float label = random.nextInt(20) < (i < 300 ? 1 : 19) ? 1 : 0;
            examples.add(
                    new Example(
                            1_000L * i,
                            "r" + i,
                            item,
                            RandomStream.vector("u" + random.nextInt(5), item),
                            label,
                            Example.Origin.DIRECT,
                            Float.NaN));
        }
        return examples;
    }

    private OnlineLearner learner(DriftConfig drift) {
        return learner(MEMORY, drift);
    }

    private OnlineLearner forgetful() {
        return learner(MemoryConfig.NONE, DRIFT.with(DetectorKind.ADWIN));
    }

    private OnlineLearner learner(MemoryConfig memory, DriftConfig drift) {
        OnlineLearner learner =
                new OnlineLearner(
                        RandomStream.config(1),
                        memory,
                        drift,
                        RandomStream.SCHEMA,
                        Elimination.DEFAULT);
        learner.watchDrift(alarms::add);
        return learner;
    }
}
