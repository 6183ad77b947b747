package io.sluice.operators.route;

import io.sluice.operators.metrics.DeadLetterCounters;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Lets events pass and puts what could not be read into {@link DeadLetters}, counted by reason. */
public final class RouteFunction extends ProcessFunction<Incoming, Arrival> {

    private transient DeadLetterCounters counters;

    @Override
    public void open(OpenContext context) {
        counters = new DeadLetterCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Incoming incoming, Context context, Collector<Arrival> out) {
        if (incoming instanceof Arrival arrival) {
            out.collect(arrival);
        } else if (incoming instanceof Incoming.Refused refused) {
            counters.count(refused.letter().reason());
            context.output(DeadLetters.TAG, refused.letter());
        }
    }
}
