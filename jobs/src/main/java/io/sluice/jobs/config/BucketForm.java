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
        try {
            return switch (rule) {
                case "log" ->
                        value.isNumber()
                                ? new Bucketing.Log(value.doubleValue())
                                : refuse(value, at, "a number within (0, 1000]", problems);
                case "width" ->
                        value.isNumber()
                                ? new Bucketing.Width(value.doubleValue())
                                : refuse(value, at, "a positive number", problems);
                case "edges" ->
                        isNumbers(value)
                                ? new Bucketing.Edges(numbers(value))
                                : refuse(value, at, "a list of numbers", problems);
                default -> {
                    problems.add(at, "an unknown rule", RULES, "");
                    yield null;
                }
            };
        } catch (IllegalArgumentException fault) {
            String expected =
                    switch (rule) {
                        case "log" -> "within (0, 1000]";
                        case "width" -> "positive and finite";
                        default -> "a list of finite, strictly increasing numbers";
                    };
            problems.add(at, value.toString(), expected, "");
            return null;
        }
    }

    private static Bucketing refuse(
            JsonNode value, String path, String expected, Problems problems) {
        problems.add(path, Nodes.describe(value), expected, "");
        return null;
    }

    private static boolean isNumbers(JsonNode list) {
        return list.isArray()
                && StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isNumber);
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
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
