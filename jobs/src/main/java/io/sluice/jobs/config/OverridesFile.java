package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML file of named sets of settings, keys nested or with dots:
 *
 * <pre>
 * wide: {model.dimensions: 32}
 * slow: {model: {learningRate: 0.01}}
 * plain: {}
 * </pre>
 */
public final class OverridesFile {

    private OverridesFile() {}

    /**
     * The settings as {@link ConfigLoader#set(String)} takes them, by name, in the file's order.
     *
     * @throws ConfigException with every fault there is
     */
    public static Map<String, List<String>> read(Path file) {
        Problems problems = new Problems();
        Map<String, List<String>> sets = new LinkedHashMap<>();
        JsonNode root = root(file, problems);
        if (root instanceof ObjectNode names) {
            names.properties().forEach(set -> sets.put(set.getKey(), settings(set, problems)));
        } else if (root != null) {
            refuse(file.toString(), root, problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.all());
        }
        return sets;
    }

    private static JsonNode root(Path file, Problems problems) {
        String name = file.toString();
        try {
            return new YamlReader(name, problems).read(Files.readString(file), "");
        } catch (NoSuchFileException e) {
            problems.add(name, "no such file", "a file", "check the path");
        } catch (IOException e) {
            problems.add(name, e.getClass().getSimpleName(), "a readable file in UTF-8", "");
        }
        return null;
    }

    private static List<String> settings(Map.Entry<String, JsonNode> set, Problems problems) {
        List<String> settings = new ArrayList<>();
        if (set.getValue() instanceof ObjectNode keys) {
            // JSON is YAML: what was read is handed on as it is, texts in quotes.
            keys.properties().forEach(key -> settings.add(key.getKey() + "=" + key.getValue()));
        } else if (!Nodes.isNothing(set.getValue())) {
            refuse(set.getKey(), set.getValue(), problems);
        }
        return settings;
    }

    private static void refuse(String field, JsonNode found, Problems problems) {
        problems.add(field, Nodes.describe(found), "a map of keys", "");
    }
}
