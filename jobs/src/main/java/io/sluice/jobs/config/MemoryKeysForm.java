package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.state.check.InvalidValueException;
import io.sluice.state.memory.MemoryKeys;
import java.util.ArrayList;
import java.util.List;

/** {@code memory.keys}: {@code auto}, or a list of lists of names of features. */
final class MemoryKeysForm implements Form<MemoryKeys> {

    private static final String AUTO = "auto";
    private static final String EXPECTED = "auto or a list as [[user], [item], [user, category]]";

    @Override
    public MemoryKeys read(JsonNode node, String path, Problems problems) {
        if (node.isTextual() && node.textValue().equals(AUTO)) {
            return MemoryKeys.AUTO;
        }
        if (!node.isArray() || node.isEmpty()) {
            problems.add(path, Nodes.describe(node), EXPECTED, "");
            return null;
        }
        List<List<String>> keys = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            List<String> key = key(node.get(i));
            if (key == null) {
                String at = Paths.entry(path, i);
                problems.add(at, Nodes.describe(node.get(i)), "a list of names of features", "");
                return null;
            }
            keys.add(key);
        }
        try {
            return new MemoryKeys(keys);
        } catch (InvalidValueException fault) {
            problems.add(path, fault.found(), fault.expected(), "");
            return null;
        }
    }

    private static List<String> key(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.forEach(name -> names.add(name.isTextual() ? name.textValue() : null));
        return node.isArray() && !names.isEmpty() && !names.contains(null) ? names : null;
    }

    @Override
    public JsonNode write(MemoryKeys keys) {
        if (keys.isAuto()) {
            return JsonNodeFactory.instance.textNode(AUTO);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (List<String> key : keys.keys()) {
            ArrayNode names = list.addArray();
            key.forEach(names::add);
        }
        return list;
    }
}
