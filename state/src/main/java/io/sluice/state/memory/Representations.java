package io.sluice.state.memory;

import io.sluice.state.feature.FeatureVector;

/** Says what the model makes of an example as it is now. */
@FunctionalInterface
public interface Representations {

    /** The representation; as long as the model's embeddings, overwritten by the next one. */
    float[] of(FeatureVector x);
}
