package io.sluice.operators.features;

import io.sluice.state.check.Checks;
import io.sluice.state.feature.FeatureSchema;
import java.io.Serializable;

/**
 * Settings of the operator that keeps records.
 *
 * @param schema with the streaming features
 * @param publishes whether records that changed are handed out
 * @param publishIntervalMs least time between two publications, milliseconds, at least 1
 */
public record FeatureConfig(FeatureSchema schema, boolean publishes, long publishIntervalMs)
        implements Serializable {

    public FeatureConfig {
        Checks.notNull("features", schema);
        Checks.positive("publish.intervalMs", publishIntervalMs);
    }
}
