package io.sluice.jobs.serve;

import io.sluice.jobs.config.KafkaConfig;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of a server, with the settings that its promises rest on. */
final class ServeClients {

    /** After this long without an answer Kafka counts as away. */
    private static final int ANSWER_MS = 3000;

    private final KafkaConfig config;
    private final String name;

    ServeClients(KafkaConfig config, String pipeline) {
        this.config = config;
        name = pipeline + "-serve";
    }

    /** Writes impressions: patient, since nobody waits for them. */
    Producer<byte[], byte[]> impressions() {
        Properties settings = config.clientProperties();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name + "-impressions");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return producer(settings);
    }

    /** Writes feedback: somebody waits for the answer, so it gives up after seconds. */
    Producer<byte[], byte[]> feedback() {
        Properties settings = config.clientProperties();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name + "-feedback");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000L);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5000);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return producer(settings);
    }

    private static Producer<byte[], byte[]> producer(Properties settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
