package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.check.InvalidValueException;
import io.sluice.state.feature.FactSource;
import io.sluice.state.feature.StreamingFeature;
import io.sluice.state.feature.StreamingKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One streaming feature: {@code {name: user_rate, kind: rate, scope: [user], halfLifeMs:
 * 604800000}}.
 */
final class StreamingEntryForm implements Form<StreamingFeature> {

    /** How long an entity is remembered unless its feature says otherwise: 90 days. */
    private static final long EXPIRY_MS = 90L * 24 * 3_600_000;

    /** How many values are kept unless the feature says otherwise. */
    private static final int SIZE = 10;

    private static final List<String> KEYS =
            List.of(
                    "name",
                    "kind",
                    "scope",
                    "of",
                    "per",
                    "field",
                    "halfLifeMs",
                    "windowMs",
                    "size",
                    "prior",
                    "sessionGapMs",
                    "expiryMs");

    private static final String SOURCES =
            "outcomes, positives, impressions, interactions or feedback.<kind>";

    @Override
    public StreamingFeature read(JsonNode node, String path, Problems problems) {
        if (!node.isObject()) {
            problems.add(path, Nodes.describe(node), "a map with name, kind and scope", "");
            return null;
        }
        int before = problems.count();
        refuseUnknown(node, path, problems);
        StreamingKind kind = kind(node.path("kind"), Paths.child(path, "kind"), problems);
        Entry entry = new Entry(node, path, problems);
        String name = entry.text("name", null);
        List<String> scope = scope(node.path("scope"), Paths.child(path, "scope"), problems);
        FactSource of = entry.source("of", FactSource.OUTCOMES);
        FactSource per = entry.source("per", null);
        String field = entry.text("field", "");
        double halfLife = entry.number("halfLifeMs", Double.POSITIVE_INFINITY);
        long window = entry.whole("windowMs", 0);
        int size = (int) entry.whole("size", defaultSize(kind));
        double prior = entry.number("prior", defaultPrior(kind));
        long gap = entry.whole("sessionGapMs", 0);
        long expiry = entry.whole("expiryMs", EXPIRY_MS);
        if (problems.count() > before) {
            return null;
        }
        try {
            return new StreamingFeature(
                    name, kind, scope, of, per, field, halfLife, window, size, prior, gap, expiry);
        } catch (InvalidValueException fault) {
            problems.add(Paths.child(path, fault.field()), fault.found(), fault.expected(), "");
            return null;
        }
    }

    private static int defaultSize(StreamingKind kind) {
        return kind != null && kind.isSized() ? SIZE : 0;
    }

    /** Shares of few facts say little; ten facts weigh as much as what is known of all. */
    private static double defaultPrior(StreamingKind kind) {
        return switch (kind) {
            case RATE, MEAN, DISTANCE -> 10;
            case TREND, SHARE -> 1;
            default -> 0;
        };
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

    private static StreamingKind kind(JsonNode node, String path, Problems problems) {
        StreamingKind kind =
                Arrays.stream(StreamingKind.values())
                        .filter(each -> node.asText().equals(Scalars.word(each)))
                        .findFirst()
                        .orElse(null);
        if (kind == null) {
            problems.add(
                    path, Nodes.describe(node), Scalars.expected(StreamingKind.class, node), "");
        }
        return kind;
    }

    private static List<String> scope(JsonNode node, String path, Problems problems) {
        List<String> parts = new ArrayList<>();
        boolean isList = node.isArray();
        for (JsonNode part : node) {
            isList &= part.isTextual();
            parts.add(part.asText());
        }
        if (!isList) {
            problems.add(
                    path,
                    Nodes.describe(node),
                    "a list of names of declared features",
                    "for instance [user, genres]; [] for one value over all");
        }
        return parts;
    }

    /** The keys of one entry that may be left out. */
    private record Entry(JsonNode node, String path, Problems problems) {

        String text(String key, String otherwise) {
            JsonNode value = node.path(key);
            if (value.isMissingNode() && otherwise != null) {
                return otherwise;
            }
            if (value.isTextual() && !value.textValue().isBlank()) {
                return value.textValue();
            }
            fault(key, value, "a name");
            return otherwise;
        }

        FactSource source(String key, FactSource otherwise) {
            JsonNode value = node.path(key);
            if (value.isMissingNode()) {
                return otherwise;
            }
            FactSource source = value.isTextual() ? FactSource.parse(value.textValue()) : null;
            if (source == null) {
                fault(key, value, SOURCES);
            }
            return source;
        }

        double number(String key, double otherwise) {
            JsonNode value = node.path(key);
            if (value.isMissingNode()) {
                return otherwise;
            }
            if (!value.isNumber()) {
                fault(key, value, "a number");
            }
            return value.doubleValue();
        }

        long whole(String key, long otherwise) {
            JsonNode value = node.path(key);
            if (value.isMissingNode()) {
                return otherwise;
            }
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                fault(key, value, "a whole number");
            }
            return value.longValue();
        }

        private void fault(String key, JsonNode value, String expected) {
            problems.add(Paths.child(path, key), Nodes.describe(value), expected, "");
        }
    }

    @Override
    public JsonNode write(StreamingFeature feature) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("name", feature.name());
        object.put("kind", Scalars.word(feature.kind()));
        ArrayNode scope = object.putArray("scope");
        feature.scope().forEach(scope::add);
        if (!feature.of().equals(FactSource.OUTCOMES)) {
            object.put("of", feature.of().toString());
        }
        if (feature.per() != null) {
            object.put("per", feature.per().toString());
        }
        if (!feature.field().isEmpty()) {
            object.put("field", feature.field());
        }
        if (feature.halfLifeMs() < Double.POSITIVE_INFINITY) {
            object.set("halfLifeMs", Scalars.write((long) feature.halfLifeMs()));
        }
        if (feature.windowMs() > 0) {
            object.put("windowMs", feature.windowMs());
        }
        if (feature.size() != defaultSize(feature.kind())) {
            object.put("size", feature.size());
        }
        if (feature.prior() != defaultPrior(feature.kind())) {
            object.put("prior", feature.prior());
        }
        if (feature.sessionGapMs() > 0) {
            object.put("sessionGapMs", feature.sessionGapMs());
        }
        if (feature.expiryMs() != EXPIRY_MS) {
            object.put("expiryMs", feature.expiryMs());
        }
        return object;
    }
}
