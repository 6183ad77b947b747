package io.sluice.operators.features;

import io.sluice.operators.StateNames;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.AsOfValues;
import io.sluice.state.feature.stream.EntityAnswers;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.join.JoinOutput;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives impressions the streaming values of their moment, and labels and assumptions those of their
 * impression.
 *
 * <p>State of an impression: itself, and what has come of answers and labels, until its last label
 * has gone out; the join hands out one label for each slot, so nothing stays. An impression that
 * brings its values passes without leaving anything.
 */
public final class JoinedValuesFunction
        extends KeyedCoProcessFunction<String, JoinOutput, EntityAnswers, JoinOutput> {

    private static final long serialVersionUID = 1;

    // -- configuration
    private final FeatureSchema schema;

    // -- runtime
    private transient AsOfValues values;
    private transient ValueState<StreamEvent> shown;
    private transient ListState<EntityAnswers> answers;
    private transient ValueState<Integer> missingAnswers;
    private transient ListState<JoinOutput> waitingLabels;
    private transient ValueState<Integer> missingLabels;

    /** A function for the streaming features of this schema. */
    public JoinedValuesFunction(FeatureSchema schema) {
        this.schema = schema;
    }

    @Override
    public void open(OpenContext context) {
        values = new AsOfValues(StreamPlan.of(schema));
        shown =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        StateNames.EVENT, SluiceTypes.STREAM_EVENT));
        answers =
                getRuntimeContext()
                        .getListState(
                                new ListStateDescriptor<>(
                                        StateNames.ANSWERS, SluiceTypes.ENTITY_ANSWERS));
        waitingLabels =
                getRuntimeContext()
                        .getListState(
                                new ListStateDescriptor<>(
                                        StateNames.WAITING_LABELS, SluiceTypes.JOIN_OUTPUT));
        missingAnswers = count(StateNames.MISSING_ANSWERS);
        missingLabels = count(StateNames.MISSING_LABELS);
    }

    private ValueState<Integer> count(String name) {
        return getRuntimeContext().getState(new ValueStateDescriptor<>(name, Types.INT));
    }

    @Override
    public void processElement1(JoinOutput output, Context context, Collector<JoinOutput> out)
            throws Exception {
        if (values.isComplete(output.impression().context())) {
            out.collect(output);
        } else if (output instanceof JoinOutput.Shown) {
            Impression impression = output.impression();
            shown.update(impression);
            missingLabels.update(impression.items().size());
            add(missingAnswers, values.questions(impression, "").size());
            completeIfAllIsThere(out);
        } else if (!(output instanceof JoinOutput.Answered)) {
            follow(output, out);
        }
    }

    @Override
    public void processElement2(EntityAnswers came, Context context, Collector<JoinOutput> out)
            throws Exception {
        answers.add(came);
        add(missingAnswers, -came.found().size());
        completeIfAllIsThere(out);
    }

    private static int add(ValueState<Integer> count, int change) throws Exception {
        Integer before = count.value();
        int now = (before == null ? 0 : before) + change;
        count.update(now);
        return now;
    }

    private void completeIfAllIsThere(Collector<JoinOutput> out) throws Exception {
        StreamEvent event = shown.value();
        if (event == null || missingAnswers.value() != 0) {
            return;
        }
        Impression complete = values.with((Impression) event, answers.get());
        shown.update(complete);
        answers.clear();
        missingAnswers.clear();
        out.collect(new JoinOutput.Shown(complete));
        for (JoinOutput waited : waitingLabels.get()) {
            hand(waited, complete, out);
        }
        waitingLabels.clear();
    }

    private void follow(JoinOutput output, Collector<JoinOutput> out) throws Exception {
        Impression impression = (Impression) shown.value();
        if (impression == null) {
            // Shown to a run that had no streaming features yet: the values are unknown.
            out.collect(output);
        } else if (values.isComplete(impression.context())) {
            hand(output, impression, out);
        } else {
            waitingLabels.add(output);
        }
    }

    private void hand(JoinOutput output, Impression complete, Collector<JoinOutput> out)
            throws Exception {
        ShownItem slot = slot(complete, output.impression().items().get(0));
        Impression reduced = JoinOutput.reduce(complete, List.of(slot));
        if (output instanceof JoinOutput.Labelled labelled) {
            out.collect(new JoinOutput.Labelled(output.time(), reduced, labelled.label()));
            if (add(missingLabels, -1) == 0) {
                shown.clear();
                missingLabels.clear();
            }
        } else {
            out.collect(new JoinOutput.Assumed(output.time(), reduced));
        }
    }

    private static ShownItem slot(Impression complete, ShownItem wanted) {
        for (ShownItem slot : complete.items()) {
            if (slot.id().equals(wanted.id()) && slot.position() == wanted.position()) {
                return slot;
            }
        }
        throw new IllegalStateException(
                "request '%s' did not show item '%s'".formatted(complete.request(), wanted.id()));
    }
}
