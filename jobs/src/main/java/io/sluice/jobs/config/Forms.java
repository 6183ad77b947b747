package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.memory.MemoryKeys;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.sparse.MemoryBudget;
import java.util.function.UnaryOperator;

/** Which values have a form of their own, and which parts of records come from elsewhere. */
final class Forms {

    /** The one part that is no key of its own: the model takes the seed of the pipeline. */
    static final String MODEL_SEED = "model.seed";

    private final FeatureForm features = new FeatureForm();
    private final MemoryForm memory = new MemoryForm();
    private final MemoryKeysForm memoryKeys = new MemoryKeysForm();
    private final StreamingForm streaming = new StreamingForm();
    private final KafkaPropertiesForm kafkaProperties;

    /**
     * @param environment from a variable's name to its value, null when it is not set
     */
    Forms(UnaryOperator<String> environment) {
        kafkaProperties = new KafkaPropertiesForm(environment);
    }

    boolean has(Class<?> type) {
        return type == FeatureSchema.class
                || type == StreamingConfig.class
                || type == KafkaProperties.class
                || type == MemoryBudget.class
                || type == MemoryKeys.class;
    }

    /** A value of a type that has a form; null after a fault. */
    Object read(Class<?> type, JsonNode node, String path, Problems problems) {
        if (type == FeatureSchema.class) {
            return features.read(node, path, problems);
        }
        if (type == MemoryBudget.class) {
            return memory.read(node, path, problems);
        }
        if (type == MemoryKeys.class) {
            return memoryKeys.read(node, path, problems);
        }
        return type == StreamingConfig.class
                ? streaming.read(node, path, problems)
                : kafkaProperties.read(node, path, problems);
    }

    JsonNode write(Object value) {
        if (value instanceof FeatureSchema schema) {
            return features.write(schema);
        }
        if (value instanceof MemoryBudget budget) {
            return memory.write(budget);
        }
        if (value instanceof MemoryKeys keys) {
            return memoryKeys.write(keys);
        }
        return value instanceof StreamingConfig config
                ? streaming.write(config)
                : kafkaProperties.write((KafkaProperties) value);
    }

    /** Whether this part of a record is no key of the file. */
    static boolean isGiven(Class<?> record, String component) {
        return record == ModelConfig.class && component.equals(Paths.last(MODEL_SEED));
    }
}
