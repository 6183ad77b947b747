package io.sluice.jobs.connect;

import io.sluice.jobs.config.KafkaConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic once, from its start to the end it had when asked.
 *
 * <p>For looking at what is there; a server follows its topics without end instead. Joins no
 * consumer group and commits nothing. O(records) time, O(1) memory.
 */
public final class CompactedTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConfig kafka;
    private final String topic;
    private final String key;

    /**
     * A topic.
     *
     * @param kafka how to reach it
     * @param topic its name
     * @param key the setting that names it
     */
    public CompactedTopic(KafkaConfig kafka, String topic, String key) {
        this.kafka = kafka;
        this.topic = topic;
        this.key = key;
    }

    /**
     * Gives every record to the visitor, those of a partition in their order.
     *
     * @throws IOException when Kafka doesn't answer, the topic is missing or the visitor fails
     */
    public void read(Visitor visitor) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (isBefore(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    visitor.visit(record);
                }
            }
        } catch (TimeoutException e) {
            throw new IOException(
                    "no answer from Kafka at %s within %d s; check kafka.bootstrap and that a broker runs there"
                            .formatted(kafka.bootstrap(), PATIENCE.toSeconds()),
                    e);
        }
    }

    private Properties properties() {
        Properties properties = kafka.clientProperties();
        properties.put("key.deserializer", ByteArrayDeserializer.class);
        properties.put("value.deserializer", ByteArrayDeserializer.class);
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        return properties;
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer)
            throws IOException {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic, PATIENCE);
        if (partitions == null || partitions.isEmpty()) {
            throw new IOException(
                    "topic '%s' doesn't exist at %s; check %s, or create it with 'sluice topics create'"
                            .formatted(topic, kafka.bootstrap(), key));
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static boolean isBefore(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue());
    }

    /** Takes records. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one record.
         *
         * @throws IOException when it can't be used
         */
        void visit(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }
}
