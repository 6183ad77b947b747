package io.sluice.operators.join;

import io.sluice.operators.StateNames;
import io.sluice.operators.metrics.DeadLetterCounters;
import io.sluice.operators.metrics.JoinCounters;
import io.sluice.operators.route.DeadLetters;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.AttributionConfig;
import io.sluice.state.join.JoinListener;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.join.PendingRequest;
import io.sluice.state.join.RequestJoin;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins impressions with their feedback, keyed by request.
 *
 * <p>State of a request: one {@link PendingRequest}, from its first record until its window has
 * passed; an event-time timer takes it away in every case. Records that don't belong anywhere leave
 * through {@link DeadLetters}.
 */
public final class FeedbackJoinFunction extends KeyedProcessFunction<String, Arrival, JoinOutput> {

    // -- configuration
    private final AttributionConfig config;

    // -- runtime
    private transient RequestJoin join;
    private transient ValueState<PendingRequest> pending;
    private transient JoinCounters counters;
    private transient DeadLetterCounters deadLetters;

    /** A join by these rules. */
    public FeedbackJoinFunction(AttributionConfig config) {
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        join = new RequestJoin(config);
        pending =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        StateNames.PENDING_REQUEST, SluiceTypes.PENDING_REQUEST));
        counters = new JoinCounters(getRuntimeContext().getMetricGroup());
        deadLetters = new DeadLetterCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<JoinOutput> out)
            throws Exception {
        PendingRequest request = pending.value();
        if (request == null) {
            request = new PendingRequest();
        }
        long watermark = context.timerService().currentWatermark();
        JoinListener listener = new Outputs(context, out);
        if (arrival.event() instanceof Impression impression) {
            join.impression(request, impression, arrival.source(), watermark, listener);
        } else if (arrival.event() instanceof Feedback feedback) {
            join.feedback(request, feedback, arrival.source(), watermark, listener);
        }
        if (!request.isEmpty()) {
            pending.update(request);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<JoinOutput> out)
            throws Exception {
        PendingRequest request = pending.value();
        if (request == null) {
            return;
        }
        if (join.passed(request, timestamp, new Outputs(context, out))) {
            pending.clear();
        } else {
            pending.update(request);
        }
    }

    /** Hands on what the join says during one call. */
    private final class Outputs implements JoinListener {

        private final Context context;
        private final Collector<JoinOutput> out;

        Outputs(Context context, Collector<JoinOutput> out) {
            this.context = context;
            this.out = out;
        }

        @Override
        public void found(JoinOutput output) {
            if (output instanceof JoinOutput.Labelled labelled) {
                counters.labelled(labelled.label());
            }
            out.collect(output);
        }

        @Override
        public void rejected(DeadLetter letter) {
            deadLetters.count(letter.reason());
            context.output(DeadLetters.TAG, letter);
        }

        @Override
        public void absorbed(Absorbed how) {
            counters.absorbed(how);
        }

        @Override
        public void wake(long time) {
            context.timerService().registerEventTimeTimer(time);
        }

        @Override
        public void cancel(long time) {
            context.timerService().deleteEventTimeTimer(time);
        }
    }
}
