package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * {@code kafka.properties}: names of Kafka's settings with text values. No message shows a value.
 */
final class KafkaPropertiesForm implements Form<KafkaProperties> {

    /** Settings that would take a promise away, with the place where each is decided. */
    private static final Map<String, String> OURS =
            Map.of(
                    "bootstrap.servers", "use kafka.bootstrap",
                    "group.id", "it follows from name",
                    "transactional.id", "it follows from name",
                    "transaction.timeout.ms", "use train.transactionTimeoutMs",
                    "isolation.level", "it follows from the topic",
                    "enable.auto.commit", "offsets are kept in checkpoints",
                    "key.serializer", "it follows from the topic",
                    "value.serializer", "it follows from the topic",
                    "key.deserializer", "it follows from the topic",
                    "value.deserializer", "it follows from the topic");

    private final Placeholders placeholders;

    KafkaPropertiesForm(UnaryOperator<String> environment) {
        placeholders = new Placeholders(environment);
    }

    @Override
    public KafkaProperties read(JsonNode node, String path, Problems problems) {
        if (!node.isObject()) {
            String found = node.isArray() ? "a list" : node.isNull() ? "nothing" : "one value";
            problems.add(path, found, "a map of Kafka client settings", "");
            return null;
        }
        Map<String, String> values = new TreeMap<>();
        Map<String, String> written = new TreeMap<>();
        for (Map.Entry<String, JsonNode> setting : node.properties()) {
            String key = setting.getKey();
            String child = Paths.child(path, key);
            if (OURS.containsKey(key)) {
                problems.add(child, "it", "left out", OURS.get(key));
            } else if (!setting.getValue().isTextual()) {
                refuseValue(setting.getValue(), child, problems);
            } else {
                String text = setting.getValue().textValue();
                written.put(key, text);
                values.put(key, resolve(text, child, problems));
            }
        }
        return new KafkaProperties(values, written);
    }

    private String resolve(String text, String path, Problems problems) {
        if (Placeholders.isBroken(text)) {
            problems.add(
                    path,
                    "a placeholder written otherwise",
                    "with placeholders as ${env:NAME}",
                    "a name has letters, digits and '_'");
        }
        return placeholders.resolve(
                text,
                name ->
                        problems.add(
                                path,
                                "${env:" + name + "}",
                                "with environment variables that are set",
                                "set " + name + " before the start"));
    }

    private static void refuseValue(JsonNode value, String path, Problems problems) {
        if (value.isObject()) {
            problems.add(
                    path, "a map", "a text", "write the name with its dots: sasl.mechanism: PLAIN");
        } else {
            problems.add(path, value.isArray() ? "a list" : "nothing", "a text", "");
        }
    }

    @Override
    public JsonNode write(KafkaProperties properties) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        properties.redacted().forEach(object::put);
        return object;
    }
}
