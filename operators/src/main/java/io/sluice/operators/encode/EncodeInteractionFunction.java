package io.sluice.operators.encode;

import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.StreamedAttributes;
import io.sluice.state.feature.StreamedValues;
import io.sluice.state.join.Arrival;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.LearnerEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Encodes interactions, which come with their label and need no join. Streaming features are those
 * that travel with them ({@link StreamedAttributes}).
 */
public final class EncodeInteractionFunction extends RichMapFunction<Arrival, LearnerEvent> {

    // -- configuration
    private final FeatureSchema schema;

    // -- runtime
    private transient FeatureEncoder encoder;
    private transient StreamedAttributes attributes;
    private transient StreamedValues streamed;

    /** An encoder for this schema. */
    public EncodeInteractionFunction(FeatureSchema schema) {
        this.schema = schema;
    }

    @Override
    public void open(OpenContext context) {
        encoder = new FeatureEncoder(schema);
        attributes = new StreamedAttributes(schema);
        streamed = new StreamedValues(schema);
    }

    @Override
    public LearnerEvent map(Arrival arrival) {
        if (!(arrival.event() instanceof Interaction interaction)) {
            throw new IllegalStateException(
                    "only interactions come with their label, found a "
                            + arrival.event().getClass().getSimpleName());
        }
        attributes.readRequest(interaction.context(), streamed);
        attributes.readItem(interaction.features(), streamed);
        FeatureVector vector = new FeatureVector();
        encoder.encode(
                interaction.timestamp(),
                interaction.user(),
                interaction.context(),
                interaction.item(),
                interaction.features(),
                FeatureEncoder.NEUTRAL_POSITION,
                streamed,
                vector);
        return new Example(
                interaction.timestamp(),
                interaction.request(),
                interaction.item(),
                vector,
                (float) interaction.label(),
                Example.Origin.DIRECT,
                Float.NaN);
    }
}
