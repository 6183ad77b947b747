package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * One {@code key=value} of the command line.
 *
 * @param text as it was given
 * @param source the option that it was given with, for messages
 */
record Assignment(String text, String source) {

    /** The option for single settings. */
    static final String SET = "--set";

    void apply(ConfigTree tree, Problems problems) {
        int equals = text.indexOf('=');
        String path = equals < 0 ? "" : text.substring(0, equals).strip();
        if (path.isEmpty()) {
            // Not shown: it may be a secret that lacks its '='.
            problems.add(source, "another text", "key=value", "for instance --set serve.port=9000");
            return;
        }
        JsonNode value = value(path, text.substring(equals + 1), problems);
        if (value == null) {
            return;
        }
        problems.place(path, source);
        String obstacle = tree.set(path, value);
        if (!obstacle.isEmpty()) {
            problems.addAt(
                    source,
                    path,
                    "a part of " + obstacle + ", which is no map",
                    "a known key",
                    "give the whole value: " + source + " " + obstacle + "=...");
        }
    }

    /**
     * Kafka's settings are taken as they are: a JAAS line is full of what means something to YAML.
     */
    private JsonNode value(String path, String value, Problems problems) {
        if (Paths.kafkaProperty(path).isPresent()) {
            return JsonNodeFactory.instance.textNode(value);
        }
        if (value.isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        return new YamlReader(source + " " + path, problems).read(value, path);
    }
}
