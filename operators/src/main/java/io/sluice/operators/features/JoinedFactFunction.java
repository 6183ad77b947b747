package io.sluice.operators.features;

import io.sluice.state.event.Impression;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.join.JoinOutput;

/**
 * Facts of what the join found; if asked to, questions for the values of impressions that don't
 * bring them.
 */
public final class JoinedFactFunction extends EntityMessageFunction<JoinOutput> {

    private static final long serialVersionUID = 1;

    private final boolean asks;

    /**
     * A function for the streaming features of a schema.
     *
     * @param asks whether values are asked for
     */
    public JoinedFactFunction(FeatureSchema schema, boolean asks) {
        super(schema);
        this.asks = asks;
    }

    @Override
    void take(JoinOutput output) {
        Impression impression = output.impression();
        if (asks
                && output instanceof JoinOutput.Shown
                && !values().isComplete(impression.context())) {
            ask(values().questions(impression, Askers.of(impression)));
        }
        Facts.of(output, this::tell);
    }
}
