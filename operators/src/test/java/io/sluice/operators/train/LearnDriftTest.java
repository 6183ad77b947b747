package io.sluice.operators.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.drift.AdwinConfig;
import io.sluice.state.drift.DetectorKind;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.drift.PageHinkleyConfig;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.rank.Elimination;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Alarms of drift come out beside the scores, and a restart neither loses nor adds any. */
class LearnDriftTest {

    private static final LearnConfig CONFIG =
            new LearnConfig(
                    LearnerEvents.MODEL,
                    MemoryConfig.NONE,
                    new DriftConfig(
                            DetectorKind.PAGE_HINKLEY,
                            AdwinConfig.DEFAULT,
                            new PageHinkleyConfig(0.1, 20, 50),
                            DriftConfig.NO_SEGMENT,
                            1,
                            8,
                            1000),
                    LearnerEvents.SCHEMA,
                    LearnConfig.Order.EVENT_TIME,
                    LearnHarness.INTERVAL_MS,
                    Elimination.DEFAULT);

    @Test
    void alarmsAreThoseOfTheLearnerByHandAcrossARestart() throws Exception {
        List<DriftAlarm> expected = new ArrayList<>();
        OnlineLearner byHand =
                new OnlineLearner(
                        CONFIG.model(),
                        CONFIG.memory(),
                        CONFIG.drift(),
                        CONFIG.schema(),
                        CONFIG.ranking());
        byHand.watchDrift(expected::add);
        List<LearnerEvent> events = events();
        events.forEach(event -> byHand.observe((Example) event));
        assertThat(expected).isNotEmpty();
        int middle = (int) expected.get(0).sequence() - 3;

        List<DriftAlarm> alarms = new ArrayList<>();
        OperatorSubtaskState state;
        try (LearnHarness first = new LearnHarness(CONFIG, null)) {
            first.feed(events.subList(0, middle));
            first.harness.processWatermark(middle);
            alarms.addAll(first.alarms());
            state = first.checkpoint();
        }
        try (LearnHarness second = new LearnHarness(CONFIG, state)) {
            second.feed(events.subList(middle, events.size()));
            String unused = second.finish();
            alarms.addAll(second.alarms());
        }

        assertThat(alarms).isEqualTo(expected);
    }

    private static List<LearnerEvent> events() {
        List<LearnerEvent> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            FeatureVector x = new FeatureVector();
            x.add(5, 1, 1);
            x.add(6 + i % 3, 1, 2);
            float label = i % 10 == 0 == i < 200 ? 1 : 0;
            events.add(new Example(i, "r", "i", x, label, Example.Origin.DIRECT, Float.NaN));
        }
        return events;
    }
}
