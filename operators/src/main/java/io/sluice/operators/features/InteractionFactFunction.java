package io.sluice.operators.features;

import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.join.Arrival;

/**
 * Facts of interactions; if asked to, questions for the values of those that don't bring them.
 * Anything else passes unseen.
 */
public final class InteractionFactFunction extends EntityMessageFunction<Arrival> {

    private static final long serialVersionUID = 1;

    private final boolean areExamples;
    private final boolean asks;

    /**
     * A function for the streaming features of a schema.
     *
     * @param areExamples whether interactions are learnt, so that they are outcomes too
     * @param asks whether values are asked for
     */
    public InteractionFactFunction(FeatureSchema schema, boolean areExamples, boolean asks) {
        super(schema);
        this.areExamples = areExamples;
        this.asks = asks;
    }

    @Override
    void take(Arrival arrival) {
        if (arrival.event() instanceof Interaction event) {
            if (asks && !values().isComplete(event.context())) {
                ask(values().questions(event, Askers.of(arrival.source())));
            }
            tell(Facts.of(event, areExamples));
        }
    }
}
