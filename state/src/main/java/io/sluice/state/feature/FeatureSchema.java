package io.sluice.state.feature;

import io.sluice.state.kernel.Hashing;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All declared features, in order.
 *
 * @param features at least one, names unique
 */
public record FeatureSchema(List<FeatureSpec> features) implements Serializable {

    public FeatureSchema {
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("features must declare at least one feature");
        }
        Set<String> names = new HashSet<>();
        for (FeatureSpec feature : features) {
            if (!names.add(feature.name())) {
                throw new IllegalArgumentException(
                        "features must have unique names, found '" + feature.name() + "' twice");
            }
        }
    }

    /** Equal for equal schemas, different for different ones; part of every manifest. */
    public long fingerprint() {
        long hash = features.size();
        for (FeatureSpec feature : features) {
            hash = Hashing.text(hash, feature.toString());
        }
        return hash;
    }
}
