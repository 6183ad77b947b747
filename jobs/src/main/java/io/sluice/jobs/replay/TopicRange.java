package io.sluice.jobs.replay;

import io.sluice.jobs.config.KafkaConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where a partition begins and ends, by its offsets.
 *
 * @param begin of the first record that is kept
 * @param end behind the last one, committed or not
 */
record TopicRange(long begin, long end) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Offsets between begin and end; 0 only when there is nothing to read. */
    long length() {
        return end - begin;
    }

    /** All partitions of the topics, in their order. */
    static Map<TopicPartition, TopicRange> of(KafkaConfig kafka, Collection<String> topics)
            throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings(kafka))) {
            List<TopicPartition> partitions =
                    topics.stream()
                            .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                            .map(each -> new TopicPartition(each.topic(), each.partition()))
                            .toList();
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            Map<TopicPartition, TopicRange> ranges =
                    new TreeMap<>(
                            Comparator.comparing(TopicPartition::topic)
                                    .thenComparing(TopicPartition::partition));
            partitions.forEach(
                    each -> ranges.put(each, new TopicRange(begins.get(each), ends.get(each))));
            return ranges;
        } catch (KafkaException e) {
            throw new IOException(
                    "Kafka at %s can't be asked for the offsets of %s: %s"
                            .formatted(kafka.bootstrap(), topics, e.getMessage()),
                    e);
        }
    }

    private static Properties settings(KafkaConfig kafka) {
        Properties settings = kafka.clientProperties();
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        return settings;
    }
}
