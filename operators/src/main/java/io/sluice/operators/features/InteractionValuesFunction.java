package io.sluice.operators.features;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.AsOfValues;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.join.Arrival;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives interactions the streaming values of their moment.
 *
 * <p>State of an interaction: itself and the answers that have come, until all are there. One that
 * brings its values passes without leaving anything.
 */
public final class InteractionValuesFunction
        extends KeyedCoProcessFunction<String, Arrival, EntityAnswers, Arrival> {

    private static final long serialVersionUID = 1;

    // -- configuration
    private final FeatureSchema schema;

    // -- runtime
    private transient AsOfValues values;
    private transient ValueState<Arrival> waiting;
    private transient ListState<EntityAnswers> answers;

    /** A function for the streaming features of this schema. */
    public InteractionValuesFunction(FeatureSchema schema) {
        this.schema = schema;
    }

    @Override
    public void open(OpenContext context) {
        values = new AsOfValues(StreamPlan.of(schema));
        waiting =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(StateNames.EVENT, SluiceTypes.ARRIVAL));
        answers =
                getRuntimeContext()
                        .getListState(
                                new ListStateDescriptor<>(
                                        StateNames.ANSWERS, SluiceTypes.ENTITY_ANSWERS));
    }

    @Override
    public void processElement1(Arrival arrival, Context context, Collector<Arrival> out)
            throws Exception {
        Interaction event = (Interaction) arrival.event();
        if (values.isComplete(event.context())) {
            out.collect(arrival);
            return;
        }
        completeIfAllIsThere(arrival, out);
    }

    @Override
    public void processElement2(EntityAnswers came, Context context, Collector<Arrival> out)
            throws Exception {
        answers.add(came);
        Arrival arrival = waiting.value();
        if (arrival != null) {
            completeIfAllIsThere(arrival, out);
        }
    }

    private void completeIfAllIsThere(Arrival arrival, Collector<Arrival> out) throws Exception {
        Interaction event = (Interaction) arrival.event();
        int needed = values.questions(event, "").size();
        if (AsOfValues.count(answers.get()) < needed) {
            waiting.update(arrival);
            return;
        }
        out.collect(new Arrival(values.with(event, answers.get()), arrival.source()));
        waiting.clear();
        answers.clear();
    }
}
