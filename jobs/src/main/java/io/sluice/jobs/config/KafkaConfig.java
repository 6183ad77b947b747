package io.sluice.jobs.config;

import io.sluice.state.check.Checks;
import java.util.Properties;

/**
 * How to reach Kafka.
 *
 * @param bootstrap brokers to start from, {@code host:port}, several separated by commas
 * @param properties settings of every client; may hold secrets
 */
public record KafkaConfig(String bootstrap, KafkaProperties properties) {

    private static final String ADDRESS = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}";

    public KafkaConfig {
        Checks.that(
                bootstrap.matches(ADDRESS + "( *, *" + ADDRESS + ")*"),
                "kafka.bootstrap",
                "host:port, several separated by ','",
                '"' + bootstrap + '"');
    }

    /** A local broker without authentication. */
    public static KafkaConfig at(String bootstrap) {
        return new KafkaConfig(bootstrap, KafkaProperties.NONE);
    }

    /** What a Kafka client is made with. Holds secrets: not for printing. */
    public Properties clientProperties() {
        Properties client = properties.reveal();
        client.setProperty("bootstrap.servers", bootstrap);
        return client;
    }
}
