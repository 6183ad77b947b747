package io.sluice.jobs.replay.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Reason;
import io.sluice.state.event.ShownItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one line of {@code slates.jsonl} into an impression; the outcome is read beside it. */
final class SlateJson {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private final FieldRules rules;

    SlateJson(DataLimits limits) {
        rules = new FieldRules(limits);
    }

    /** The line as an object. */
    JsonNode parse(String line) throws RejectedRow {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.isObject()) {
                return node;
            }
            throw new RejectedRow(
                    Reason.NOT_JSON, "expected a JSON object, found " + node.getNodeType());
        } catch (JsonProcessingException e) {
            throw new RejectedRow(Reason.NOT_JSON, e.getOriginalMessage());
        }
    }

    /** What was shown. */
    Impression impression(JsonNode slate) throws RejectedRow {
        JsonNode time = slate.path("timestamp");
        if (time.isMissingNode() || time.isNull()) {
            throw new RejectedRow(Reason.MISSING_FIELD, "timestamp is missing");
        }
        if (!time.isIntegralNumber()) {
            throw wrongType("timestamp", "epoch milliseconds", time);
        }
        if (!time.canConvertToLong()) {
            throw new RejectedRow(Reason.BAD_TIMESTAMP, "timestamp is " + time);
        }
        return new Impression(
                id("request", slate.path("request")),
                rules.checkTimestamp(time.longValue()),
                slate.hasNonNull("user") ? text("user", slate.get("user")) : "",
                attributes("context", slate.path("context")),
                items(array("items", slate.path("items"))),
                "");
    }

    private List<ShownItem> items(JsonNode array) throws RejectedRow {
        if (array.isEmpty()) {
            throw new RejectedRow(Reason.MISSING_FIELD, "items is empty");
        }
        if (array.size() > rules.slateItems()) {
            throw new RejectedRow(
                    Reason.SLATE_TOO_LARGE,
                    "items has %d entries, expected at most %d; see limits.slateItems"
                            .formatted(array.size(), rules.slateItems()));
        }
        List<ShownItem> items = new ArrayList<>(array.size());
        Set<String> ids = new HashSet<>();
        for (JsonNode each : array) {
            String id = id("items[].id", each.path("id"));
            if (!ids.add(id)) {
                throw new RejectedRow(
                        Reason.DUPLICATE_ITEM, "items holds '%s' twice".formatted(id));
            }
            items.add(
                    new ShownItem(
                            id,
                            position(each.path("position"), items.size()),
                            probability("items[].score", each.path("score")),
                            probability("items[].propensity", each.path("propensity")),
                            attributes("items[].features", each.path("features"))));
        }
        return items;
    }

    /** Where it was shown; as it is listed when that is not said. */
    private static int position(JsonNode node, int listed) throws RejectedRow {
        if (node.isMissingNode() || node.isNull()) {
            return listed;
        }
        if (!node.isIntegralNumber()) {
            throw wrongType("items[].position", "a place from 0", node);
        }
        if (!node.canConvertToInt() || node.intValue() < 0) {
            throw new RejectedRow(Reason.OUT_OF_RANGE, "items[].position is " + node);
        }
        return node.intValue();
    }

    /** NaN when it is not said. */
    private static double probability(String name, JsonNode node) throws RejectedRow {
        if (node.isMissingNode() || node.isNull()) {
            return Double.NaN;
        }
        if (!node.isNumber()) {
            throw wrongType(name, "a number within [0, 1]", node);
        }
        double value = node.doubleValue();
        if (!(value >= 0 && value <= 1)) {
            throw new RejectedRow(
                    Reason.OUT_OF_RANGE, "%s is %s, expected 0 to 1".formatted(name, node));
        }
        return value;
    }

    /** The ids named as taken, as they stand there. */
    List<String> clicked(JsonNode slate) throws RejectedRow {
        List<String> ids = new ArrayList<>();
        for (JsonNode each : array("clicked", slate.path("clicked"))) {
            ids.add(id("clicked[]", each));
        }
        return ids;
    }

    private static JsonNode array(String name, JsonNode node) throws RejectedRow {
        if (node.isMissingNode() || node.isNull()) {
            throw new RejectedRow(Reason.MISSING_FIELD, name + " is missing");
        }
        if (!node.isArray()) {
            throw wrongType(name, "an array", node);
        }
        return node;
    }

    private String id(String name, JsonNode node) throws RejectedRow {
        if (node.isMissingNode() || node.isNull()) {
            throw new RejectedRow(Reason.MISSING_FIELD, name + " is missing");
        }
        return rules.id(name, text(name, node));
    }

    private String text(String name, JsonNode node) throws RejectedRow {
        if (!node.isTextual()) {
            throw wrongType(name, "a text", node);
        }
        return rules.text(name, node.textValue());
    }

    private Attributes attributes(String name, JsonNode node) throws RejectedRow {
        if (node.isMissingNode() || node.isNull()) {
            return Attributes.EMPTY;
        }
        if (!node.isObject()) {
            throw wrongType(name, "an object", node);
        }
        Attributes.Builder builder = Attributes.builder();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            String field = name + "." + each.getKey();
            if (each.getKey().isBlank()) {
                throw new RejectedRow(Reason.MISSING_FIELD, name + " has a blank name");
            }
            if (each.getKey().startsWith("_")) {
                continue; // bookkeeping, as in the tables
            }
            if (each.getValue().isArray()) {
                for (JsonNode value : each.getValue()) {
                    put(builder, each.getKey(), field, value);
                }
            } else {
                put(builder, each.getKey(), field, each.getValue());
            }
        }
        return rules.bag(name, builder.build());
    }

    private void put(Attributes.Builder builder, String name, String field, JsonNode value)
            throws RejectedRow {
        if (value.isNumber()) {
            double number = value.doubleValue();
            if (!Double.isFinite(number)) {
                throw new RejectedRow(
                        Reason.NOT_FINITE, field + " is beyond the range of a double");
            }
            builder.put(name, number);
        } else if (value.isTextual()) {
            builder.put(name, rules.text(field, value.textValue()));
        } else if (value.isBoolean()) {
            builder.put(name, value.asText());
        } else if (!value.isNull()) {
            throw wrongType(field, "a text or a number", value);
        }
    }

    private static RejectedRow wrongType(String name, String expected, JsonNode found) {
        return new RejectedRow(
                Reason.WRONG_TYPE,
                "%s must be %s, found %s".formatted(name, expected, found.getNodeType()));
    }
}
