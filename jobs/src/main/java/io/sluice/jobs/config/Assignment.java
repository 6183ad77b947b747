package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * One {@code key=value} of the command line.
 *
 * @param text as it was given
 */
record Assignment(String text) {

    private static final String SOURCE = "--set";

    void apply(ConfigTree tree, Problems problems) {
        int equals = text.indexOf('=');
        String path = equals < 0 ? "" : text.substring(0, equals).strip();
        if (path.isEmpty()) {
            // Not shown: it may be a secret that lacks its '='.
            problems.add(SOURCE, "another text", "key=value", "for instance --set serve.port=9000");
            return;
        }
        JsonNode value = value(path, text.substring(equals + 1), problems);
        if (value == null) {
            return;
        }
        problems.place(path, SOURCE);
        String obstacle = tree.set(path, value);
        if (!obstacle.isEmpty()) {
            problems.addAt(
                    SOURCE,
                    path,
                    "a part of " + obstacle + ", which is no map",
                    "a known key",
                    "give the whole value: --set " + obstacle + "=...");
        }
    }

    /**
     * Kafka's settings are taken as they are: a JAAS line is full of what means something to YAML.
     */
    private static JsonNode value(String path, String value, Problems problems) {
        if (Paths.kafkaProperty(path).isPresent()) {
            return JsonNodeFactory.instance.textNode(value);
        }
        if (value.isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        return new YamlReader(SOURCE + " " + path, problems).read(value, path);
    }
}
