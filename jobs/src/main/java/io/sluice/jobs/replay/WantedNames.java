package io.sluice.jobs.replay;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamingFeature;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The attributes that a schema reads. The others need not travel with the events.
 *
 * @param context of the request or the user
 * @param features of the item
 */
record WantedNames(Set<String> context, Set<String> features) {

    static WantedNames of(FeatureSchema schema) {
        Set<String> features = new HashSet<>(names(schema, Source.FEATURES));
        schema.streaming().stream()
                .map(StreamingFeature::attribute)
                .filter(attribute -> !attribute.isEmpty())
                .forEach(features::add);
        return new WantedNames(names(schema, Source.CONTEXT), features);
    }

    private static Set<String> names(FeatureSchema schema, Source source) {
        return schema.features().stream()
                .filter(feature -> feature.source() == source)
                .map(FeatureSpec::attribute)
                .collect(Collectors.toSet());
    }
}
