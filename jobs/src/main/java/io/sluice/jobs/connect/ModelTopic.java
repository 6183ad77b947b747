package io.sluice.jobs.connect;

import io.sluice.jobs.config.KafkaConfig;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.model.Page;
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
 * Reads the model topic once, from its start to the end it had when asked.
 *
 * <p>For looking at what is published; a server follows the topic without end instead. Joins no
 * consumer group and commits nothing. O(records) time, O(1) memory.
 */
public final class ModelTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConfig kafka;
    private final String topic;

    /** The topic of that name. */
    public ModelTopic(KafkaConfig kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * Gives every page to the visitor, in the order of the topic.
     *
     * @throws IOException when Kafka doesn't answer, the topic is missing or a page is damaged
     */
    public void read(Visitor visitor) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (isBefore(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    visit(record, visitor);
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
                    "topic '%s' doesn't exist at %s; check topics.model, or create it with 'sluice topics create'"
                            .formatted(topic, kafka.bootstrap()));
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

    private void visit(ConsumerRecord<byte[], byte[]> record, Visitor visitor) throws IOException {
        Page page;
        try {
            page = PageCodec.decode(record.key(), record.value());
        } catch (CorruptStateException e) {
            throw new IOException(
                    "topic '%s', partition %d, offset %d: %s"
                            .formatted(topic, record.partition(), record.offset(), e.getMessage()),
                    e);
        }
        int keyBytes = Math.max(0, record.serializedKeySize());
        visitor.visit(page, keyBytes + Math.max(0, record.serializedValueSize()));
    }

    /** Takes pages. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one page.
         *
         * @param page as published
         * @param bytes of its key and value
         * @throws IOException when the page can't be used
         */
        void visit(Page page, int bytes) throws IOException;
    }
}
