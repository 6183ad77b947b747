package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.state.feature.StreamingFeature;
import java.util.ArrayList;
import java.util.List;

/** {@code streaming}: a list of streaming features, maybe empty. */
final class StreamingForm implements Form<StreamingConfig> {

    private final StreamingEntryForm entry = new StreamingEntryForm();

    @Override
    public StreamingConfig read(JsonNode node, String path, Problems problems) {
        if (!node.isArray()) {
            problems.add(
                    path,
                    Nodes.describe(node),
                    "a list of streaming features",
                    "[] for none; for instance [{name: item_rate, kind: rate, scope: [item]}]");
            return null;
        }
        List<StreamingFeature> features = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            features.add(entry.read(node.get(i), Paths.entry(path, i), problems));
        }
        return features.contains(null) ? null : new StreamingConfig(features);
    }

    @Override
    public JsonNode write(StreamingConfig config) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        config.features().forEach(feature -> list.add(entry.write(feature)));
        return list;
    }
}
