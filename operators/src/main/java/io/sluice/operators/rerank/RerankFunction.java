package io.sluice.operators.rerank;

import io.sluice.operators.StateNames;
import io.sluice.operators.metrics.RerankMetrics;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.EventWriter;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.RequestIds;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ReplyRecord;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.event.SourceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of a topic from a view that is not part of the job's state: it is folded
 * from topics that are there anyway.
 *
 * <p>A request is ranked in the task's thread, unless it waits for an event time; meanwhile others
 * are answered. Each gets one reply, a bad one the reason. Deadlines count from the record's
 * timestamp. What is read again after a restart is dealt with as {@link Repeats} says.
 *
 * <p>State: how far the replies had come, in a union list, so that any parallelism can go on from
 * it. Requests that wait are Flink's to keep.
 */
public final class RerankFunction extends RichAsyncFunction<SourceRecord, ReplyRecord>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(RerankFunction.class);

    // -- configuration
    private final Limits limits;
    private final ViewDoor door;
    private final ReplyHistory history;

    // -- runtime
    private transient ListState<Tuple2<Integer, Long>> positions;
    private transient ReplyPositions written;
    private transient Repeats repeats;
    private transient ViewDoor.OpenView view;
    private transient RerankMetrics metrics;

    /**
     * A function.
     *
     * @param limits what a request may look like
     * @param door to the view
     * @param history of the replies
     */
    public RerankFunction(Limits limits, ViewDoor door, ReplyHistory history) {
        this.limits = limits;
        this.door = door;
        this.history = history;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        positions =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        StateNames.REPLY_POSITIONS,
                                        Types.TUPLE(Types.INT, Types.LONG)));
        if (context.isRestored()) {
            Map<Integer, Long> known = new HashMap<>();
            for (Tuple2<Integer, Long> each : positions.get()) {
                known.merge(each.f0, each.f1, Math::min);
            }
            repeats = Repeats.since(known, history);
            written = ReplyPositions.restored(history, known);
        } else {
            repeats = Repeats.unknown(history);
            written = ReplyPositions.now(history);
        }
    }

    @Override
    public void open(OpenContext context) throws Exception {
        view = door.open();
        metrics =
                new RerankMetrics(
                        getRuntimeContext().getMetricGroup(), view::eventTime, view::lagRecords);
    }

    @Override
    public void asyncInvoke(SourceRecord record, ResultFuture<ReplyRecord> out) {
        if (repeats.takeAnswered(record.partition(), record.offset())) {
            metrics.skipped();
            out.complete(List.of());
            return;
        }
        boolean replayed = repeats.mayBeRead(record.partition(), record.offset());
        String id = RequestIds.of(record, limits);
        try {
            RerankRequest request =
                    RerankJson.parse(record.value(), limits, writtenAt(record), () -> id);
            var unused =
                    view.answerer()
                            .answer(request, System.nanoTime() - ageNanos(record))
                            .thenApply(answer -> reply(record, answer, replayed))
                            .exceptionally(fault -> failure(record, id, fault, replayed))
                            .thenAccept(reply -> out.complete(List.of(reply)));
        } catch (BadInputException e) {
            metrics.refused();
            byte[] value = RerankJson.write(id, e, replayed);
            out.complete(List.of(record(record, id, replayed, value, null)));
        } catch (RuntimeException e) {
            out.complete(List.of(failure(record, id, e, replayed)));
        }
    }

    private ReplyRecord reply(SourceRecord record, Answer answer, boolean replayed) {
        Impression shown = answer.impression();
        metrics.answered(
                answer.reply().degraded(),
                replayed,
                TimeUnit.NANOSECONDS.toMillis(ageNanos(record)));
        return record(
                record,
                answer.request().request(),
                replayed,
                answer.json(replayed),
                shown == null ? null : EventWriter.value(shown));
    }

    /** A fault of ours must not come back with every restart: whoever asked is told. */
    private ReplyRecord failure(SourceRecord record, String id, Throwable fault, boolean replayed) {
        LOG.error("request {} could not be answered", id, fault);
        metrics.failed();
        byte[] value = RerankJson.writeFailure(id, "the job failed; its log says why", replayed);
        return record(record, id, replayed, value, null);
    }

    private static ReplyRecord record(
            SourceRecord of, String id, boolean replayed, byte[] value, byte[] impression) {
        return new ReplyRecord(of.partition(), of.offset(), id, replayed, value, impression);
    }

    private static long writtenAt(SourceRecord record) {
        return record.timestamp() < 0 ? System.currentTimeMillis() : record.timestamp();
    }

    private static long ageNanos(SourceRecord record) {
        long ageMs = Math.max(0, System.currentTimeMillis() - writtenAt(record));
        return TimeUnit.MILLISECONDS.toNanos(ageMs);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        positions.clear();
        for (Map.Entry<Integer, Long> each : written.atCheckpoint().entrySet()) {
            positions.add(Tuple2.of(each.getKey(), each.getValue()));
        }
    }

    @Override
    public void close() {
        if (written != null) {
            written.close();
        }
        if (view != null) {
            view.close();
        }
    }
}
