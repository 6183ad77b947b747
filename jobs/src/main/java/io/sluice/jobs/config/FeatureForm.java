package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code features}: a list of declared features, names unique. */
final class FeatureForm implements Form<FeatureSchema> {

    private final FeatureEntryForm entry = new FeatureEntryForm();

    @Override
    public FeatureSchema read(JsonNode node, String path, Problems problems) {
        if (!node.isArray()) {
            problems.add(
                    path,
                    Nodes.describe(node),
                    "a list of features",
                    "for instance [{name: user, source: user, type: id}]");
            return null;
        }
        if (node.isEmpty()) {
            problems.add(path, "an empty list", "a list of at least one feature", "");
            return null;
        }
        List<FeatureSpec> specs = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        boolean faultless = true;
        for (int i = 0; i < node.size(); i++) {
            String at = Paths.entry(path, i);
            String name = node.get(i).path("name").asText();
            String before = name.isBlank() ? null : names.putIfAbsent(name, at);
            if (before != null) {
                problems.add(
                        Paths.child(at, "name"),
                        '"' + name + '"',
                        "unique",
                        before + " has the same name");
            }
            FeatureSpec spec = entry.read(node.get(i), at, problems);
            faultless &= before == null && spec != null;
            specs.add(spec);
        }
        return faultless ? new FeatureSchema(specs) : null;
    }

    @Override
    public JsonNode write(FeatureSchema schema) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        schema.features().forEach(feature -> list.add(entry.write(feature)));
        return list;
    }
}
