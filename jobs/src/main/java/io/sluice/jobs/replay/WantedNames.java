package io.sluice.jobs.replay;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Source;
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
        return new WantedNames(names(schema, Source.CONTEXT), names(schema, Source.FEATURES));
    }

    private static Set<String> names(FeatureSchema schema, Source source) {
        return schema.features().stream()
                .filter(feature -> feature.source() == source)
                .map(FeatureSpec::attribute)
                .collect(Collectors.toSet());
    }
}
