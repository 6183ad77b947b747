package io.sluice.operators.route;

import io.sluice.operators.metrics.DeadLetterCounters;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Interaction;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets events pass and puts what could not be read into {@link DeadLetters}, counted by reason.
 * Interactions that stream beside impressions leave through a side output of their own.
 */
public final class RouteFunction extends ProcessFunction<Incoming, Arrival> {

    /** Side output of interactions, if they are wanted apart. */
    public static final OutputTag<Arrival> INTERACTIONS =
            new OutputTag<>("interactions", SluiceTypes.ARRIVAL);

    // -- configuration
    private final boolean interactionsApart;

    // -- runtime
    private transient DeadLetterCounters counters;

    /**
     * A function.
     *
     * @param interactionsApart whether interactions go to {@link #INTERACTIONS}
     */
    public RouteFunction(boolean interactionsApart) {
        this.interactionsApart = interactionsApart;
    }

    @Override
    public void open(OpenContext context) {
        counters = new DeadLetterCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Incoming incoming, Context context, Collector<Arrival> out) {
        if (incoming instanceof Arrival arrival) {
            if (interactionsApart && arrival.event() instanceof Interaction) {
                context.output(INTERACTIONS, arrival);
            } else {
                out.collect(arrival);
            }
        } else if (incoming instanceof Incoming.Refused refused) {
            counters.count(refused.letter().reason());
            context.output(DeadLetters.TAG, refused.letter());
        }
    }
}
