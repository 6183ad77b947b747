package io.sluice.operators.join;

import io.sluice.operators.StateNames;
import io.sluice.operators.metrics.DeadLetterCounters;
import io.sluice.operators.route.DeadLetters;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.RepetitionRule;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets the first interaction of a request and item pass and sets its repetitions aside, keyed by
 * {@link InteractionKeyFunction}.
 *
 * <p>State of a key: the event time until which it is remembered, taken away by a timer at that
 * time. Interactions without a request pass and leave nothing.
 */
public final class RepetitionFunction extends KeyedProcessFunction<String, Arrival, Arrival> {

    // -- configuration
    private final RepetitionRule rule;

    // -- runtime
    private transient ValueState<Long> until;
    private transient DeadLetterCounters deadLetters;

    /** Repetitions by this rule. */
    public RepetitionFunction(RepetitionRule rule) {
        this.rule = rule;
    }

    @Override
    public void open(OpenContext context) {
        until =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        StateNames.SEEN_INTERACTION, Types.LONG));
        deadLetters = new DeadLetterCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Arrival> out)
            throws Exception {
        Interaction interaction = InteractionKeyFunction.of(arrival);
        if (!rule.covers(interaction)) {
            out.collect(arrival);
            return;
        }
        Long known = until.value();
        if (rule.repeats(interaction, known)) {
            deadLetters.count(Reason.DUPLICATE_INTERACTION);
            context.output(
                    DeadLetters.TAG,
                    arrival.source()
                            .reject(
                                    Reason.DUPLICATE_INTERACTION,
                                    RepetitionRule.explain(interaction, known)));
            return;
        }
        long end = rule.until(interaction, context.timerService().currentWatermark());
        until.update(end);
        context.timerService().registerEventTimeTimer(end);
        out.collect(arrival);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Arrival> out)
            throws Exception {
        Long known = until.value();
        // A later first one with the same key has asked for a timer of its own.
        if (known != null && known <= timestamp) {
            until.clear();
        }
    }
}
