package io.sluice.operators.encode;

import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Encodes what the join found.
 *
 * <p>What is learnt carries the position at which the item was shown; what is only predicted has a
 * neutral one, as a server that has not placed the item yet. A slot with a logged score is judged
 * by that score, one without by the prediction held since its exposure.
 */
public final class EncodeFunction extends RichMapFunction<JoinOutput, LearnerEvent> {

    // -- configuration
    private final FeatureSchema schema;

    // -- runtime
    private transient FeatureEncoder encoder;

    /** An encoder for this schema. */
    public EncodeFunction(FeatureSchema schema) {
        this.schema = schema;
    }

    @Override
    public void open(OpenContext context) {
        encoder = new FeatureEncoder(schema);
    }

    @Override
    public LearnerEvent map(JoinOutput output) {
        return output instanceof JoinOutput.Labelled labelled
                ? example(labelled)
                : exposure(((JoinOutput.Shown) output).impression());
    }

    private Example example(JoinOutput.Labelled labelled) {
        ShownItem slot = labelled.slot();
        boolean logged = !Double.isNaN(slot.score());
        return new Example(
                labelled.time(),
                labelled.impression().request(),
                slot.id(),
                encode(labelled.impression(), slot, slot.position()),
                labelled.label(),
                logged ? Example.Origin.LOGGED : Example.Origin.HELD,
                (float) slot.score());
    }

    private Exposure exposure(Impression impression) {
        List<Exposure.Slot> slots =
                impression.items().stream()
                        .map(item -> new Exposure.Slot(item.id(), neutral(impression, item)))
                        .toList();
        return new Exposure(impression.timestamp(), impression.request(), slots);
    }

    private FeatureVector neutral(Impression impression, ShownItem item) {
        return encode(impression, item, FeatureEncoder.NEUTRAL_POSITION);
    }

    private FeatureVector encode(Impression impression, ShownItem item, int position) {
        FeatureVector vector = new FeatureVector();
        encoder.encode(
                impression.timestamp(),
                impression.user(),
                impression.context(),
                item.id(),
                item.features(),
                position,
                StreamedValues.NONE,
                vector);
        return vector;
    }
}
