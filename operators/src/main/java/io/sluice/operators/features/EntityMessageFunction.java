package io.sluice.operators.features;

import io.sluice.operators.metrics.MetricNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.AsOfValues;
import io.sluice.state.feature.stream.EntityMessage;
import io.sluice.state.feature.stream.Fact;
import io.sluice.state.feature.stream.FactRouter;
import io.sluice.state.feature.stream.StreamPlan;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Turns events into messages to entities.
 *
 * <p>Messages to records that follow others leave through {@link #FOLLOWING}: those records are
 * kept by a second operator behind the first. Facts behind the watermark are counted and sent like
 * any others.
 *
 * @param <T> the events
 */
public abstract class EntityMessageFunction<T> extends ProcessFunction<T, EntityMessage> {

    /** Side output of the messages to records that follow others. */
    public static final OutputTag<EntityMessage> FOLLOWING =
            new OutputTag<>("following", SluiceTypes.ENTITY_MESSAGE);

    private static final long serialVersionUID = 1;

    // -- configuration
    private final FeatureSchema schema;

    // -- runtime
    private transient FactRouter router;
    private transient AsOfValues values;
    private transient boolean[] follows;
    private transient Counter facts;
    private transient Counter late;
    private transient Context context;
    private transient Collector<EntityMessage> out;

    /** A function for the streaming features of this schema. */
    EntityMessageFunction(FeatureSchema schema) {
        this.schema = schema;
    }

    @Override
    public void open(OpenContext unused) {
        StreamPlan plan = StreamPlan.of(schema);
        router = new FactRouter(plan);
        values = new AsOfValues(plan);
        follows = new boolean[plan.scopes().size()];
        for (int scope = 0; scope < follows.length; scope++) {
            follows[scope] = plan.follows(scope);
        }
        facts = getRuntimeContext().getMetricGroup().counter(MetricNames.FACTS);
        late = getRuntimeContext().getMetricGroup().counter(MetricNames.LATE_FACTS);
    }

    @Override
    public void processElement(T event, Context ofEvent, Collector<EntityMessage> collector) {
        context = ofEvent;
        out = collector;
        take(event);
    }

    /** Tells and asks what there is to an event. */
    abstract void take(T event);

    /** Facts told so far, and how many of them were late. */
    long[] counted() {
        return new long[] {facts.getCount(), late.getCount()};
    }

    AsOfValues values() {
        return values;
    }

    void tell(Fact fact) {
        facts.inc();
        if (fact.time() <= context.timerService().currentWatermark()) {
            late.inc();
        }
        router.route(
                fact, fact.tie(), update -> send(new EntityMessage.Change(update.copy(), false)));
    }

    void ask(List<EntityMessage.Question> questions) {
        questions.forEach(this::send);
    }

    private void send(EntityMessage message) {
        if (follows[message.scope()]) {
            context.output(FOLLOWING, message);
        } else {
            out.collect(message);
        }
    }
}
