package io.sluice.jobs.config;

import io.sluice.state.check.Checks;
import java.util.OptionalDouble;

/**
 * Where training examples come from.
 *
 * @param source which topics
 * @param labelThreshold interactions without a label are positives from this value on; empty: they
 *     can't be used
 */
public record ExamplesConfig(Source source, OptionalDouble labelThreshold) {

    public ExamplesConfig {
        if (labelThreshold.isPresent()) {
            Checks.finite("examples.labelThreshold", labelThreshold.getAsDouble());
        }
    }

    /** Which topics examples are made from. */
    public enum Source {
        /** Impressions joined with feedback. */
        IMPRESSIONS,
        /** Interactions, which are labelled already. */
        INTERACTIONS
    }
}
