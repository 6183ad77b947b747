package io.sluice.operators.encode;

import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.ItemGroup;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.join.JoinOutput;
import io.sluice.state.learner.Assumption;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.Exposure;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OpenWindow;
import io.sluice.state.learner.SlateShown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Encodes what the join found; feedback that is no label is passed over.
 *
 * <p>What is learnt carries the position at which the item was shown; what is only predicted has a
 * neutral one, as a server that has not placed the item yet. A slot with a logged score is judged
 * by that score, one without by the prediction held since its exposure. What is learnt before a
 * label is known, and when labels are learnt, says {@link OpenWindow}. Streaming features are those
 * that travel with the impression ({@link StreamedAttributes}).
 */
public final class EncodeFunction extends RichFlatMapFunction<JoinOutput, LearnerEvent> {

    // -- configuration
    private final FeatureSchema schema;
    private final boolean ranks;
    private final String group; // null: there are no groups
    private final OpenWindow open;

    // -- runtime
    private transient FeatureEncoder encoder;
    private transient StreamedAttributes attributes;
    private transient StreamedValues streamed;
    private transient ItemGroup groups; // null: there are none

    /** An encoder for this schema that hands out no slates, and labels as they become known. */
    public EncodeFunction(FeatureSchema schema) {
        this(schema, false, Optional.empty(), OpenWindow.AS_KNOWN);
    }

    /**
     * An encoder for this schema.
     *
     * @param ranks whether whole slates go to the ranker
     * @param group the feature that makes groups of items
     * @param open what is learnt while a label may still change
     */
    public EncodeFunction(
            FeatureSchema schema, boolean ranks, Optional<String> group, OpenWindow open) {
        this.schema = schema;
        this.ranks = ranks;
        this.group = group.orElse(null);
        this.open = open;
    }

    @Override
    public void open(OpenContext context) {
        encoder = new FeatureEncoder(schema);
        attributes = new StreamedAttributes(schema);
        streamed = new StreamedValues(schema);
        groups = group == null ? null : new ItemGroup(schema.feature(group));
    }

    @Override
    public void flatMap(JoinOutput output, Collector<LearnerEvent> out) {
        if (output instanceof JoinOutput.Labelled labelled) {
            out.collect(example(labelled));
        } else if (output instanceof JoinOutput.Shown shown) {
            List<ShownItem> unscored =
                    shown.impression().items().stream()
                            .filter(item -> Double.isNaN(item.score()))
                            .toList();
            if (!unscored.isEmpty()) {
                out.collect(exposure(shown.impression(), unscored));
            }
            if (ranks) {
                out.collect(slate(shown.impression()));
            }
        } else if (output instanceof JoinOutput.Assumed assumed) {
            open.correction().ifPresent(how -> out.collect(new Assumption(negative(assumed), how)));
        }
    }

    private Example example(JoinOutput.Labelled labelled) {
        Impression impression = labelled.impression();
        attributes.readRequest(impression.context(), streamed);
        long time = open.learntAt(impression.timestamp(), labelled.time());
        return example(impression, labelled.slot(), time, labelled.label());
    }

    private Example negative(JoinOutput.Assumed assumed) {
        attributes.readRequest(assumed.impression().context(), streamed);
        return example(assumed.impression(), assumed.slot(), assumed.time(), 0);
    }

    /** What was read of the request before goes with it. */
    private Example example(Impression impression, ShownItem slot, long time, int label) {
        boolean logged = !Double.isNaN(slot.score());
        return new Example(
                time,
                impression.request(),
                slot.id(),
                encode(impression, slot, slot.position()),
                label,
                logged ? Example.Origin.LOGGED : Example.Origin.HELD,
                (float) slot.score(),
                slot.memory());
    }

    private Exposure exposure(Impression impression, List<ShownItem> items) {
        attributes.readRequest(impression.context(), streamed);
        List<Exposure.Slot> slots =
                items.stream()
                        .map(item -> new Exposure.Slot(item.id(), neutral(impression, item)))
                        .toList();
        return new Exposure(impression.timestamp(), impression.request(), slots);
    }

    private SlateShown slate(Impression impression) {
        attributes.readRequest(impression.context(), streamed);
        List<SlateShown.Slot> slots = new ArrayList<>(impression.items().size());
        for (ShownItem item : impression.items()) {
            slots.add(
                    new SlateShown.Slot(
                            item.id(),
                            neutral(impression, item),
                            groups == null ? 0 : groups.of(item.id(), item.features()),
                            item.position(),
                            (float) item.propensity()));
        }
        return new SlateShown(impression.timestamp(), impression.request(), slots);
    }

    private FeatureVector neutral(Impression impression, ShownItem item) {
        return encode(impression, item, FeatureEncoder.NEUTRAL_POSITION);
    }

    private FeatureVector encode(Impression impression, ShownItem item, int position) {
        attributes.readItem(item.features(), streamed);
        FeatureVector vector = new FeatureVector();
        encoder.encode(
                impression.timestamp(),
                impression.user(),
                impression.context(),
                item.id(),
                item.features(),
                position,
                streamed,
                vector);
        return vector;
    }
}
