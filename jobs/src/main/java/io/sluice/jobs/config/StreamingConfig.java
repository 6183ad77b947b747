package io.sluice.jobs.config;

import io.sluice.state.feature.StreamingFeature;
import java.util.List;

/**
 * The streaming features of a pipeline.
 *
 * @param features in order; none: nothing is computed over the stream
 */
public record StreamingConfig(List<StreamingFeature> features) {

    public StreamingConfig {
        features = List.copyOf(features);
    }
}
