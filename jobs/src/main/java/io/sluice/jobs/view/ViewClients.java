package io.sluice.jobs.view;

import io.sluice.jobs.config.KafkaConfig;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The Kafka clients that read what a view is folded from. */
final class ViewClients {

    /** After this long without an answer Kafka counts as away. */
    private static final int ANSWER_MS = 3000;

    private final KafkaConfig config;
    private final String name;

    /**
     * Clients.
     *
     * @param name that they all begin with
     */
    ViewClients(KafkaConfig config, String name) {
        this.config = config;
        this.name = name;
    }

    /** Reads a topic that is folded; positions are kept with the view, not in Kafka. */
    Consumer<byte[], byte[]> records(String what) {
        Properties settings = config.clientProperties();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name + "-" + what);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A position that Kafka doesn't have any more means another topic: never skip silently.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MS);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Asks about topics. */
    Admin admin() {
        Properties settings = config.clientProperties();
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, name + "-admin");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MS);
        return Admin.create(settings);
    }
}
