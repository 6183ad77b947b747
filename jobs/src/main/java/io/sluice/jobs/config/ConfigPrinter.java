package io.sluice.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.sluice.state.feature.StreamingFeature;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The effective configuration, for people and for reports. Secrets are replaced by {@value
 * KafkaProperties#REDACTED}; placeholders stay as the file has them.
 */
public final class ConfigPrinter {

    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                            .disable(YAMLGenerator.Feature.SPLIT_LINES)
                            .build());

    /** Words that YAML would read as something else than a text. */
    private static final String MISREAD = "null|true|false|yes|no|on|off|y|n";

    private ConfigPrinter() {}

    /** As a YAML file that can be loaded again, but for the redacted values. */
    public static String yaml(SluiceConfig config) {
        try {
            return YAML.writeValueAsString(tree(config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can't fail to be written", e);
        }
    }

    /** As a tree, for the settings in a JSON report. */
    public static ObjectNode tree(SluiceConfig config) {
        return new RecordWriter().write(config);
    }

    /** A streaming feature as one line of YAML, as it stands in a list. */
    public static String flow(StreamingFeature feature) {
        StringBuilder out = new StringBuilder("{");
        for (Map.Entry<String, JsonNode> field :
                new StreamingEntryForm().write(feature).properties()) {
            out.append(out.length() == 1 ? "" : ", ");
            out.append(field.getKey()).append(": ").append(flow(field.getValue()));
        }
        return out.append('}').toString();
    }

    private static String flow(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(ConfigPrinter::flow)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        boolean plain =
                value.isTextual()
                        && value.textValue().matches("[a-z][A-Za-z0-9_.]*")
                        && !value.textValue().matches(MISREAD);
        return plain ? value.textValue() : value.toString();
    }
}
