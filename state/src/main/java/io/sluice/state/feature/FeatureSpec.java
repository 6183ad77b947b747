package io.sluice.state.feature;

import java.io.Serializable;

/**
 * One declared feature.
 *
 * @param name unique name; it seeds the row keys, so renaming a feature makes it a new one
 * @param source where the value is read
 * @param attribute the attribute's name for {@link Source#CONTEXT} and {@link Source#FEATURES},
 *     otherwise empty
 * @param kind how the value becomes rows
 * @param separator splits a text into several values for {@link Kind#CATEGORIES}; empty when the
 *     values come one by one
 * @param bucketing for {@link Kind#NUMBER}; null: the number is normalised by {@link NumberScaling}
 */
public record FeatureSpec(
        String name,
        Source source,
        String attribute,
        Kind kind,
        String separator,
        Bucketing bucketing)
        implements Serializable {

    public FeatureSpec {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a feature has a blank name");
        }
        boolean named = source == Source.CONTEXT || source == Source.FEATURES;
        if (named == attribute.isBlank()) {
            throw new IllegalArgumentException(
                    "feature '%s': source %s %s an attribute, found '%s'"
                            .formatted(name, source, named ? "needs" : "takes no", attribute));
        }
        if (kind != Kind.NUMBER && bucketing != null) {
            throw new IllegalArgumentException(
                    "feature '%s': a bucket rule goes with type number, found type %s"
                            .formatted(name, kind));
        }
        if (!separator.isEmpty() && kind != Kind.CATEGORIES) {
            throw new IllegalArgumentException(
                    "feature '%s': a separator goes with type categories, found type %s"
                            .formatted(name, kind));
        }
    }

    /** A feature without separator and bucket rule. */
    public static FeatureSpec of(String name, Source source, String attribute, Kind kind) {
        return new FeatureSpec(name, source, attribute, kind, "", null);
    }
}
