package io.sluice.state.feature;

import io.sluice.state.kernel.Hashing;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All features of a pipeline, in order.
 *
 * @param features read from the event itself; at least one
 * @param streaming computed over the stream; their names and those of {@code features} are unique
 */
public record FeatureSchema(List<FeatureSpec> features, List<StreamingFeature> streaming)
        implements Serializable {

    public FeatureSchema {
        features = List.copyOf(features);
        streaming = List.copyOf(streaming);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("features must declare at least one feature");
        }
        Set<String> names = new HashSet<>();
        for (FeatureSpec feature : features) {
            unique(names, feature.name());
        }
        for (StreamingFeature feature : streaming) {
            unique(names, feature.name());
        }
    }

    /** A schema without streaming features. */
    public FeatureSchema(List<FeatureSpec> features) {
        this(features, List.of());
    }

    private static void unique(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "features must have unique names, found '" + name + "' twice");
        }
    }

    /** The declared feature with this name; null when there is none. */
    public FeatureSpec feature(String name) {
        for (FeatureSpec feature : features) {
            if (feature.name().equals(name)) {
                return feature;
            }
        }
        return null;
    }

    /**
     * Names of the numbers that {@link NumberScaling} normalises, in order: declared ones without a
     * bucket rule, then streaming ones.
     */
    public List<String> numbers() {
        List<String> names = new ArrayList<>();
        for (FeatureSpec feature : features) {
            if (feature.kind() == Kind.NUMBER && feature.bucketing() == null) {
                names.add(feature.name());
            }
        }
        for (StreamingFeature feature : streaming) {
            if (!feature.kind().isKeys()) {
                names.add(feature.name());
            }
        }
        return names;
    }

    /** Place of a feature in {@link #numbers}; -1 when it is not there. */
    int numberOf(String name) {
        return numbers().indexOf(name);
    }

    /**
     * What marks a feature in vectors: its place from 1, declared ones before streaming ones; 0 for
     * those beyond the {@value FeatureVector#MOST_FIELDS}th.
     */
    public int fieldOf(String name) {
        int field = 1;
        for (FeatureSpec feature : features) {
            if (feature.name().equals(name)) {
                return marked(field);
            }
            field++;
        }
        for (StreamingFeature feature : streaming) {
            if (feature.name().equals(name)) {
                return marked(field);
            }
            field++;
        }
        return 0;
    }

    /** How many features can be marked: fields of vectors are 1 to this. */
    public int fields() {
        return Math.min(FeatureVector.MOST_FIELDS, features.size() + streaming.size());
    }

    /** By field as {@link FeatureVector} marks it: whether it is a feature of items. */
    public boolean[] fieldsOfItems() {
        boolean[] ofItems = new boolean[FeatureVector.MOST_FIELDS + 1];
        for (FeatureSpec feature : features) {
            ofItems[fieldOf(feature.name())] |= feature.source().perItem();
        }
        for (StreamingFeature feature : streaming) {
            ofItems[fieldOf(feature.name())] |= perItem(feature);
        }
        ofItems[0] = false;
        return ofItems;
    }

    /** Place of a streaming feature with one number for each item; −1 when there is none such. */
    public int numberOfItems(String name) {
        for (int i = 0; i < streaming.size(); i++) {
            StreamingFeature feature = streaming.get(i);
            if (feature.name().equals(name) && !feature.kind().isKeys() && perItem(feature)) {
                return i;
            }
        }
        return -1;
    }

    /** How the item's id is marked in vectors; 0 when it is no feature. */
    public int fieldOfItemId() {
        for (FeatureSpec feature : features) {
            if (feature.source() == Source.ITEM) {
                return fieldOf(feature.name());
            }
        }
        return 0;
    }

    private static int marked(int field) {
        return field <= FeatureVector.MOST_FIELDS ? field : 0;
    }

    /** Whether a streaming feature differs between the items of one request. */
    public boolean perItem(StreamingFeature feature) {
        return feature.kind().comparesCandidate()
                || feature.scope().stream().anyMatch(part -> feature(part).source().perItem());
    }

    /** Equal for equal schemas, different for different ones; part of every manifest. */
    public long fingerprint() {
        long hash = features.size();
        for (FeatureSpec feature : features) {
            hash = Hashing.text(hash, feature.toString());
        }
        for (StreamingFeature feature : streaming) {
            hash = Hashing.text(hash, feature.toString());
        }
        return hash;
    }
}
