package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.feature.Bucketing;
import java.util.stream.StreamSupport;

/** {@code bucket}: {@code {log: 2}}, {@code {width: 5}} or {@code {edges: [18, 25, 45]}}. */
final class BucketForm implements Form<Bucketing> {

    private static final String RULES = "{log: n}, {width: n} or {edges: [n, ...]}";

    @Override
    public Bucketing read(JsonNode node, String path, Problems problems) {
        if (!node.isObject() || node.size() != 1) {
            String found = node.isObject() ? "a map of " + node.size() : Nodes.describe(node);
            problems.add(path, found, RULES, "a number needs one bucket rule");
            return null;
        }
        String rule = node.fieldNames().next();
        JsonNode value = node.get(rule);
        String at = Paths.child(path, rule);
        String expected =
                switch (rule) {
                    case "log" -> "a number within (0, 1000]";
                    case "width" -> "a positive, finite number";
                    case "edges" -> "a list of finite, strictly increasing numbers";
                    default -> RULES;
                };
        try {
            return make(rule, value);
        } catch (IllegalArgumentException fault) {
            problems.add(at, Nodes.shorten(value.toString()), expected, "");
            return null;
        }
    }

    private static Bucketing make(String rule, JsonNode value) {
        return switch (rule) {
            case "log" -> new Bucketing.Log(number(value));
            case "width" -> new Bucketing.Width(number(value));
            case "edges" -> new Bucketing.Edges(numbers(value));
            default -> throw new IllegalArgumentException("unknown rule");
        };
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(BucketForm::number)
                .toArray();
    }

    private static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("no number");
        }
        return value.doubleValue();
    }

    @Override
    public JsonNode write(Bucketing bucketing) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (bucketing instanceof Bucketing.Log log) {
            object.put("log", log.steps());
        } else if (bucketing instanceof Bucketing.Width width) {
            object.put("width", width.width());
        } else if (bucketing instanceof Bucketing.Edges edges) {
            ArrayNode list = object.putArray("edges");
            for (double edge : edges.edges()) {
                list.add(edge);
            }
        }
        return object;
    }
}
