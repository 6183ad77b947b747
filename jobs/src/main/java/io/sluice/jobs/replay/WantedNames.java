package io.sluice.jobs.replay;

import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Source;
import io.sluice.state.feature.StreamedAttributes;
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

    /** The same, and the values that were logged with what was shown. */
    static WantedNames ofLog(FeatureSchema schema) {
        WantedNames declared = of(schema);
        Set<String> logged = new StreamedAttributes(schema).names();
        return new WantedNames(
                union(declared.context(), logged), union(declared.features(), logged));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Set<String> names(FeatureSchema schema, Source source) {
        return schema.features().stream()
                .filter(feature -> feature.source() == source)
                .map(FeatureSpec::attribute)
                .collect(Collectors.toSet());
    }
}
