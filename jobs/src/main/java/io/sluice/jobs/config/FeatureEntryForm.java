package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.feature.Bucketing;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import java.util.List;
import java.util.Map;

/**
 * One declared feature: {@code {name: age, source: context.age, type: number, bucket: {width: 5}}}.
 */
final class FeatureEntryForm implements Form<FeatureSpec> {

    private static final List<String> KEYS =
            List.of("name", "source", "type", "separator", "bucket");
    private static final String SOURCES =
            "user, item, context.<name>, features.<name>, position, hour or weekday";

    private final BucketForm buckets = new BucketForm();

    @Override
    public FeatureSpec read(JsonNode node, String path, Problems problems) {
        if (!node.isObject()) {
            problems.add(path, Nodes.describe(node), "a map with name, source and type", "");
            return null;
        }
        int before = problems.count();
        refuseUnknown(node, path, problems);
        String name = text(node, path, "name", "a name", problems);
        String from = text(node, path, "source", SOURCES, problems);
        String type = text(node, path, "type", Scalars.expected(Kind.class, node), problems);
        Source source = from == null ? null : source(from, Paths.child(path, "source"), problems);
        Kind kind = type == null ? null : kind(type, Paths.child(path, "type"), problems);
        if (source == null || kind == null) {
            return null;
        }
        refuseUnfit(source, kind, Paths.child(path, "type"), problems);
        String separator = separator(node, kind, path, problems);
        Bucketing bucketing = bucketing(node, kind, path, problems);
        return problems.count() == before
                ? new FeatureSpec(name, source, attribute(from), kind, separator, bucketing)
                : null;
    }

    private static void refuseUnknown(JsonNode node, String path, Problems problems) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!KEYS.contains(field.getKey())) {
                problems.add(
                        Paths.child(path, field.getKey()),
                        "an unknown one",
                        "a known key",
                        new Suggestions(List.of()).remedy(field.getKey(), KEYS));
            }
        }
    }

    private static String text(
            JsonNode node, String path, String key, String expected, Problems problems) {
        JsonNode value = node.path(key);
        if (value.isTextual() && !value.textValue().isBlank()) {
            return value.textValue();
        }
        problems.add(
                Paths.child(path, key),
                Nodes.describe(value),
                expected,
                Nodes.isNothing(value) ? "" : Scalars.remedy(String.class, value));
        return null;
    }

    private static Source source(String text, String path, Problems problems) {
        for (Source source : Source.values()) {
            boolean named = source == Source.CONTEXT || source == Source.FEATURES;
            String word = Scalars.word(source);
            if (named
                    ? text.startsWith(word + ".") && text.length() > word.length() + 1
                    : text.equals(word)) {
                return source;
            }
        }
        problems.add(path, '"' + text + '"', SOURCES, "");
        return null;
    }

    private static String attribute(String source) {
        int dot = source.indexOf('.');
        return dot < 0 ? "" : source.substring(dot + 1);
    }

    private static Kind kind(String text, String path, Problems problems) {
        for (Kind kind : Kind.values()) {
            if (Scalars.word(kind).equals(text)) {
                return kind;
            }
        }
        problems.add(
                path,
                '"' + text + '"',
                Scalars.expected(Kind.class, null),
                "free text is left out");
        return null;
    }

    /** Ids, position and the moment are one value each, whatever the type says. */
    private static void refuseUnfit(Source source, Kind kind, String path, Problems problems) {
        boolean attribute = source == Source.CONTEXT || source == Source.FEATURES;
        if (!attribute && kind != Kind.ID && kind != Kind.CATEGORY) {
            problems.add(
                    path,
                    Scalars.word(kind),
                    "id or category",
                    "source " + Scalars.word(source) + " has one value each");
        }
    }

    private static String separator(JsonNode node, Kind kind, String path, Problems problems) {
        JsonNode separator = node.path("separator");
        if (separator.isMissingNode()) {
            return "";
        }
        String at = Paths.child(path, "separator");
        if (kind != Kind.CATEGORIES) {
            problems.add(at, Nodes.describe(separator), "left out", "it goes with type categories");
        } else if (!separator.isTextual() || separator.textValue().isEmpty()) {
            problems.add(at, Nodes.describe(separator), "a text", "for instance \"|\"");
        }
        return separator.asText();
    }

    private Bucketing bucketing(JsonNode node, Kind kind, String path, Problems problems) {
        JsonNode bucket = node.path("bucket");
        String at = Paths.child(path, "bucket");
        if (kind == Kind.NUMBER) {
            return buckets.read(bucket, at, problems);
        }
        if (!bucket.isMissingNode()) {
            problems.add(at, Nodes.describe(bucket), "left out", "it goes with type number");
        }
        return null;
    }

    @Override
    public JsonNode write(FeatureSpec feature) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        String source = Scalars.word(feature.source());
        object.put("name", feature.name());
        object.put(
                "source",
                feature.attribute().isEmpty() ? source : source + "." + feature.attribute());
        object.put("type", Scalars.word(feature.kind()));
        if (!feature.separator().isEmpty()) {
            object.put("separator", feature.separator());
        }
        if (feature.bucketing() != null) {
            object.set("bucket", buckets.write(feature.bucketing()));
        }
        return object;
    }
}
