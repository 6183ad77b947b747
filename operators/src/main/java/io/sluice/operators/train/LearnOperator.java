package io.sluice.operators.train;

import io.sluice.operators.metrics.LearnerMetrics;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.codec.LearnerPages;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.Scored;
import io.sluice.state.learner.SlateShown;
import io.sluice.state.model.Page;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.order.OrderBuffer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Feeds the learner in order, hands out judged predictions, and publishes what changed.
 *
 * <p>Input waits in an {@link OrderBuffer} until the watermark has reached it. Publications are
 * made at most every {@link LearnConfig#publishIntervalMs}, before each checkpoint, so that a
 * restored run starts with nothing unpublished, and at the end of the input, then with the
 * learner's digest. When learning takes longer than the interval, the timer comes late and the
 * interval widens by itself: pages are absolute values, so nothing is lost by making fewer of them.
 *
 * <p>State: learner, buffer and run as raw keyed state, one piece for each key group, so that it
 * can be restored at another parallelism. Each run has an epoch above all that its topic has seen,
 * by {@link TrainerRun#next}: pages of the new run replace those of the old one.
 */
public final class LearnOperator extends AbstractStreamOperator<Scored>
        implements OneInputStreamOperator<LearnerEvent, Scored>, BoundedOneInput {

    /** Side output of the published pages. */
    public static final OutputTag<Page> PAGES = new OutputTag<>("pages", SluiceTypes.PAGE);

    /** Side output of the alarms of drift. */
    public static final OutputTag<DriftAlarm> DRIFT =
            new OutputTag<>("drift", SluiceTypes.DRIFT_ALARM);

    private static final long serialVersionUID = 1;

    // -- configuration
    private final LearnConfig settings;
    private final ModelHistory history;

    // -- runtime
    private transient OnlineLearner learner;
    private transient OrderBuffer buffer;
    private transient LearnerPages pages;
    private transient LearnerMetrics reported;
    private transient long publishedChanges;
    private transient long changes;
    private transient long watermark;

    /** An operator with these settings, on a topic with this history. */
    public LearnOperator(LearnConfig settings, ModelHistory history) {
        this.settings = settings;
        this.history = history;
    }

    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        learner =
                new OnlineLearner(
                        settings.model(),
                        settings.memory(),
                        settings.drift(),
                        settings.schema(),
                        settings.ranking());
        buffer = new OrderBuffer();
        watermark = Long.MIN_VALUE;
        TrainerRun restored = TrainerState.read(context.getRawKeyedStateInputs(), learner, buffer);
        int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        TrainerRun run = TrainerRun.next(restored, history.newest(), attempt);
        pages = new LearnerPages(learner, run);
    }

    @Override
    public void open() throws Exception {
        super.open();
        reported =
                new LearnerMetrics(
                        getMetricGroup(), settings.drift(), learner, buffer, this::nowMs);
        learner.watchDrift(this::alarm);
        publishLater();
    }

    @Override
    public void processElement(StreamRecord<LearnerEvent> element) {
        LearnerEvent event = element.getValue();
        if (event.time() <= watermark) {
            reported.late();
        }
        if (settings.order() == LearnConfig.Order.ARRIVAL) {
            learn(event);
        } else {
            buffer.add(event);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        release(watermark);
        super.processWatermark(mark);
    }

    private void release(long upTo) {
        for (LearnerEvent event = buffer.poll(upTo); event != null; event = buffer.poll(upTo)) {
            learn(event);
        }
    }

    private void learn(LearnerEvent event) {
        if (event instanceof Exposure exposure) {
            learner.expose(exposure);
        } else if (event instanceof SlateShown slate) {
            learner.show(slate);
        } else if (event instanceof Assumption assumption) {
            learner.assume(assumption);
            changes++;
        } else if (event instanceof Example example) {
            Scored scored = learner.observe(example);
            changes++;
            if (scored != null) {
                output.collect(new StreamRecord<>(scored, scored.time()));
            }
        }
    }

    private void alarm(DriftAlarm alarm) {
        reported.alarm(alarm);
        output.collect(DRIFT, new StreamRecord<>(alarm, alarm.time()));
    }

    private void publishLater() {
        var unused =
                getProcessingTimeService()
                        .registerTimer(
                                nowMs() + settings.publishIntervalMs(),
                                time -> {
                                    publishIfChanged();
                                    publishLater();
                                });
    }

    private void publishIfChanged() {
        if (changes > publishedChanges) {
            publish("");
        }
    }

    private void publish(String digest) {
        long now = nowMs();
        pages.publish(
                now,
                digest,
                page -> {
                    reported.page();
                    output.collect(PAGES, new StreamRecord<>(page));
                });
        publishedChanges = changes;
        reported.published(now, learner.eventTime());
    }

    private long nowMs() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        publishIfChanged();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        TrainerState.write(
                learner, buffer, pages.run(), groups, context.getRawKeyedOperatorStateOutput());
    }

    @Override
    public void endInput() {
        release(Long.MAX_VALUE);
        publish(LearnerCodec.digest(learner));
    }
}
