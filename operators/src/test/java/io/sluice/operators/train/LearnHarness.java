package io.sluice.operators.train;

import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.Scored;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.TrainerRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The training operator alone. */
final class LearnHarness implements AutoCloseable {

    static final int GROUPS = 8;
    static final long INTERVAL_MS = 100;
    static final TrainerRun FIRST_RUN = new TrainerRun(1, 1);

    final KeyedOneInputStreamOperatorTestHarness<String, LearnerEvent, Scored> harness;

    static LearnHarness start(LearnConfig.Order order) throws Exception {
        return new LearnHarness(order, null, TrainerRun.NONE, 1, 0);
    }

    static LearnHarness restore(OperatorSubtaskState state) throws Exception {
        return restore(state, FIRST_RUN);
    }

    static LearnHarness restore(OperatorSubtaskState state, TrainerRun published) throws Exception {
        return new LearnHarness(LearnConfig.Order.EVENT_TIME, state, published, 1, 0);
    }

    /**
     * Starts one subtask.
     *
     * @param published the newest run on the topic
     */
    LearnHarness(
            LearnConfig.Order order,
            OperatorSubtaskState restored,
            TrainerRun published,
            int parallelism,
            int index)
            throws Exception {
        this(
                new LearnConfig(
                        LearnerEvents.MODEL,
                        MemoryConfig.NONE,
                        LearnerEvents.SCHEMA,
                        order,
                        INTERVAL_MS),
                restored,
                published,
                parallelism,
                index);
    }

    /** Starts the only subtask with other settings. */
    LearnHarness(LearnConfig config, OperatorSubtaskState restored) throws Exception {
        this(config, restored, restored == null ? TrainerRun.NONE : FIRST_RUN, 1, 0);
    }

    private LearnHarness(
            LearnConfig config,
            OperatorSubtaskState restored,
            TrainerRun published,
            int parallelism,
            int index)
            throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new LearnOperator(config, () -> published),
                        new LearnerKeyFunction(),
                        Types.STRING,
                        GROUPS,
                        parallelism,
                        index);
        harness.setup(SluiceTypes.SCORED.createSerializer());
        if (restored != null) {
            harness.initializeState(restored);
        }
        harness.open();
    }

    void feed(List<LearnerEvent> events) throws Exception {
        for (LearnerEvent event : events) {
            harness.processElement(event, event.time());
        }
    }

    /** What Flink does at a barrier. */
    OperatorSubtaskState checkpoint() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    List<Scored> scored() {
        return harness.extractOutputValues();
    }

    List<Page> pages() {
        var side = harness.getSideOutput(LearnOperator.PAGES);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    List<DriftAlarm> alarms() {
        var side = harness.getSideOutput(LearnOperator.DRIFT);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    List<Manifest> manifests() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (Page page : pages()) {
            if (page.kind() == PageKind.MANIFEST) {
                manifests.add(PagePayloads.readManifest(page));
            }
        }
        return manifests;
    }

    /** Ends the input; the digest of the last manifest. */
    String finish() throws Exception {
        harness.processWatermark(Long.MAX_VALUE);
        harness.endInput();
        List<Manifest> manifests = manifests();
        return manifests.get(manifests.size() - 1).digest();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new AssertionError("the harness did not close", e);
        }
    }
}
