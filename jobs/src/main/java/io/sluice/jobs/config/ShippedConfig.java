package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * A configuration on its way to a process of a cluster, with the secrets of its Kafka clients: it
 * travels as part of a job, as they do in the job's own sources and sinks.
 */
public final class ShippedConfig implements Serializable {

    private static final long serialVersionUID = 1;

    private final String yaml;
    private final String bootstrap;
    private final HashMap<String, String> properties = new HashMap<>();

    /** Packs a configuration. */
    public ShippedConfig(SluiceConfig config) {
        ObjectNode tree = ConfigPrinter.tree(config);
        // Read again it would hold what is shown in place of secrets.
        tree.remove("kafka");
        yaml = tree.toString();
        bootstrap = config.kafka().bootstrap();
        config.kafka().properties().reveal().forEach((key, value) -> put(key, value));
    }

    private void put(Object key, Object value) {
        properties.put(key.toString(), value.toString());
    }

    /** The configuration that was packed. */
    public SluiceConfig unpack() {
        Map<String, String> plain = Map.copyOf(properties);
        return new ConfigLoader(name -> null)
                .text(yaml, "the job's configuration")
                .load()
                .over(new KafkaConfig(bootstrap, new KafkaProperties(plain, plain)));
    }
}
