package io.sluice.jobs.config;

import java.util.Optional;

/** Paths of keys: {@code serve.port}, {@code features[2].type}. */
final class Paths {

    /** The map whose keys are names of Kafka's settings and whose values are plain text. */
    static final String KAFKA_PROPERTIES = "kafka.properties";

    /** The map that a file replaces as a whole. */
    static final String FEEDBACK_KINDS = "feedback.kinds";

    private Paths() {}

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String entry(String path, int index) {
        return path + "[" + index + "]";
    }

    static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The name of the Kafka setting that this path means, if it means one. */
    static Optional<String> kafkaProperty(String path) {
        String prefix = KAFKA_PROPERTIES + ".";
        return path.startsWith(prefix)
                ? Optional.of(path.substring(prefix.length()))
                : Optional.empty();
    }
}
