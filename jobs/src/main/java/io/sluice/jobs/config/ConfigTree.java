package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A configuration as a tree of keys, before it is bound to records. Not thread-safe. */
final class ConfigTree {

    private final ObjectNode root;

    ConfigTree(ObjectNode root) {
        this.root = root;
    }

    ObjectNode root() {
        return root;
    }

    /** Lays another tree over this one: maps key by key, everything else as a whole. */
    void overlay(ObjectNode upper) {
        overlay(root, upper, "");
    }

    private static void overlay(ObjectNode lower, ObjectNode upper, String path) {
        for (Map.Entry<String, JsonNode> field : upper.properties()) {
            String child = Paths.child(path, field.getKey());
            boolean maps = field.getValue().isObject() && lower.path(field.getKey()).isObject();
            if (maps && !child.equals(Paths.FEEDBACK_KINDS)) {
                overlay(
                        (ObjectNode) lower.get(field.getKey()),
                        (ObjectNode) field.getValue(),
                        child);
            } else {
                lower.set(field.getKey(), field.getValue());
            }
        }
    }

    /**
     * Sets one key, and makes the maps on its way.
     *
     * @return the path of what is in the way, a list or a plain value; empty when the key was set
     */
    String set(String path, JsonNode value) {
        ObjectNode at = root;
        List<String> keys = keys(path);
        String way = "";
        for (String key : keys.subList(0, keys.size() - 1)) {
            way = Paths.child(way, key);
            JsonNode next = at.get(key);
            if (next == null) {
                next = at.putObject(key);
            }
            if (!next.isObject()) {
                return way;
            }
            at = (ObjectNode) next;
        }
        String key = keys.get(keys.size() - 1);
        if (value.isObject() && at.path(key).isObject() && !path.equals(Paths.FEEDBACK_KINDS)) {
            overlay((ObjectNode) at.get(key), (ObjectNode) value, path);
        } else {
            at.set(key, value);
        }
        return "";
    }

    /** The paths of all keys, maps and leaves, but not of what stands in lists. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect(root, "", paths);
        return paths;
    }

    private static void collect(ObjectNode node, String path, List<String> paths) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String child = Paths.child(path, field.getKey());
            paths.add(child);
            if (field.getValue() instanceof ObjectNode inner) {
                collect(inner, child, paths);
            }
        }
    }

    private static List<String> keys(String path) {
        return Paths.kafkaProperty(path)
                .map(property -> List.of("kafka", "properties", property))
                .orElseGet(() -> List.of(path.split("\\.", -1)));
    }
}
