package io.sluice.operators.features;

import io.sluice.operators.StateNames;
import io.sluice.operators.metrics.FeatureMetrics;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.EntityBuffer;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.EntityScope;
import io.sluice.state.feature.stream.ScopeUpdate;
import io.sluice.state.feature.stream.StreamPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the records of entities, keyed by scope and entity: takes changes in, in the order of event
 * time, answers questions, publishes what changed, and forgets what has expired.
 *
 * <p>Messages wait in an {@link EntityBuffer} until the watermark has reached them. What follows of
 * a change for other records leaves through {@link EntityMessageFunction#FOLLOWING} and goes to a
 * second operator of this class, which gets it before its watermark. Records that changed are
 * published at most every {@link FeatureConfig#publishIntervalMs}, the last value only, before each
 * checkpoint, so that a restored run starts with nothing unpublished, and at the end of the input.
 *
 * <p>State: a record for each entity, with one event-time timer at the end of its life; messages
 * that wait, written at checkpoints. All of it is keyed and moves with its key group. At the end of
 * the input, when event time leaps, nothing expires.
 */
public final class FeatureOperator extends AbstractStreamOperator<EntityPage>
        implements OneInputStreamOperator<EntityMessage, EntityPage>,
                Triggerable<Tuple2<Integer, Long>, VoidNamespace>,
                BoundedOneInput {

    /** Side output of the answers. */
    public static final OutputTag<EntityAnswers> ANSWERS =
            new OutputTag<>("answers", SluiceTypes.ENTITY_ANSWERS);

    private static final long serialVersionUID = 1;

    // -- configuration
    private final FeatureConfig settings;

    // -- runtime
    private transient StreamPlan plan;
    private transient EntityBuffer buffer;
    private transient WaitingMessages waiting;
    private transient ValueState<long[]> records;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Map<Tuple2<Integer, Long>, long[]> changed;
    private transient Map<String, List<EntityAnswers.Found>> answers;
    private transient FeatureMetrics reported;
    private transient long watermark;

    /** An operator with these settings. */
    public FeatureOperator(FeatureConfig settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        plan = StreamPlan.of(settings.schema());
        buffer = new EntityBuffer();
        changed = new LinkedHashMap<>();
        answers = new HashMap<>();
        watermark = Long.MIN_VALUE;
        SchemaGuard.check(context.getOperatorStateStore(), settings.schema());
        records =
                context.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        StateNames.ENTITY_RECORD, SluiceTypes.ENTITY_RECORD));
        waiting =
                new WaitingMessages(
                        getKeyedStateBackend(),
                        getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
        waiting.restore(buffer);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers =
                getInternalTimerService(
                        StateNames.EXPIRY_TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        reported = new FeatureMetrics(getMetricGroup(), buffer);
        if (settings.publishes()) {
            publishLater();
        }
    }

    @Override
    public void processElement(StreamRecord<EntityMessage> element) {
        buffer.add(element.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        release(watermark);
        if (watermark == Long.MAX_VALUE) {
            // Nothing expires, so no timer has to fire: a run that goes on from here needs them.
            output.emitWatermark(mark);
        } else {
            super.processWatermark(mark);
        }
    }

    private void release(long upTo) throws Exception {
        buffer.release(upTo, this::take);
        answers.forEach(
                (asker, found) ->
                        output.collect(
                                ANSWERS, new StreamRecord<>(new EntityAnswers(asker, found))));
        answers.clear();
    }

    private void take(List<EntityMessage> messages) throws Exception {
        Tuple2<Integer, Long> entity = enter(messages.get(0));
        EntityScope scope = plan.scopes().get(entity.f0);
        long[] before = records.value();
        long[] record = before;
        boolean hasChanged = false;
        for (EntityMessage message : messages) {
            if (message instanceof EntityMessage.Question question) {
                answer(question, record);
            } else if (message instanceof EntityMessage.Change change) {
                record = change(scope, change.update(), record);
                hasChanged = true;
            }
        }
        if (hasChanged) {
            records.update(record);
            if (before == null) {
                expireAt(end(scope, record));
            }
            toPublish(entity, record);
        }
    }

    private Tuple2<Integer, Long> enter(EntityMessage message) {
        Tuple2<Integer, Long> entity = Tuple2.of(message.scope(), message.key());
        setCurrentKey(entity);
        return entity;
    }

    private void answer(EntityMessage.Question question, long[] record) {
        answers.computeIfAbsent(question.asker(), asker -> new ArrayList<>())
                .add(
                        new EntityAnswers.Found(
                                question.scope(),
                                question.key(),
                                record == null ? null : record.clone()));
    }

    private long[] change(EntityScope scope, ScopeUpdate update, long[] before) {
        plan.derive(update, (key, into) -> copy(before, into), this::follow);
        long[] record = before == null ? new long[scope.words()] : before;
        scope.apply(update, record);
        return record;
    }

    private static boolean copy(long[] from, long[] into) {
        if (from == null) {
            return false;
        }
        System.arraycopy(from, 0, into, 0, from.length);
        return true;
    }

    private void follow(ScopeUpdate update) {
        output.collect(
                EntityMessageFunction.FOLLOWING,
                new StreamRecord<>(new EntityMessage.Change(update, true)));
    }

    /** First moment at which a record says nothing any more. */
    private static long end(EntityScope scope, long[] record) {
        long last = scope.lastFact(record);
        return scope.lifeMs() >= Long.MAX_VALUE - last ? Long.MAX_VALUE : last + scope.lifeMs() + 1;
    }

    private void expireAt(long time) {
        if (time < Long.MAX_VALUE) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
        }
    }

    @Override
    public void onEventTime(InternalTimer<Tuple2<Integer, Long>, VoidNamespace> timer)
            throws Exception {
        long[] record = records.value();
        if (record == null) {
            return;
        }
        long end = end(plan.scopes().get(timer.getKey().f0), record);
        if (end > timer.getTimestamp()) {
            expireAt(end);
            return;
        }
        records.clear();
        reported.expired();
        toPublish(timer.getKey(), null);
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple2<Integer, Long>, VoidNamespace> timer) {
        throw new IllegalStateException("entities expire in event time only");
    }

    private void toPublish(Tuple2<Integer, Long> entity, long[] record) {
        if (settings.publishes()) {
            changed.put(entity, record);
        }
    }

    private void publishLater() {
        var unused =
                getProcessingTimeService()
                        .registerTimer(
                                getProcessingTimeService().getCurrentProcessingTime()
                                        + settings.publishIntervalMs(),
                                time -> {
                                    publish();
                                    publishLater();
                                });
    }

    private void publish() {
        long schema = settings.schema().fingerprint();
        changed.forEach(
                (entity, record) -> {
                    reported.page();
                    output.collect(
                            new StreamRecord<>(
                                    new EntityPage(
                                            record == null ? 0 : schema,
                                            entity.f0,
                                            entity.f1,
                                            record)));
                });
        changed.clear();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        publish();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        waiting.write(buffer);
    }

    @Override
    public void endInput() throws Exception {
        release(Long.MAX_VALUE);
        publish();
    }
}
