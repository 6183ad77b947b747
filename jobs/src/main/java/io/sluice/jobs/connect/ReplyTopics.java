package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.rerank.ReplyHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topics of requests and replies, asked where they end and what was answered. O(replies since
 * the checkpoint) at a start.
 */
public final class ReplyTopics implements ReplyHistory {

    private static final long serialVersionUID = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Properties settings;
    private final String requests;
    private final String replies;

    /** The topics of this configuration. */
    public ReplyTopics(SluiceConfig config) {
        settings = config.kafka().clientProperties();
        settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        settings.put("auto.offset.reset", "earliest");
        requests = config.topics().rerankRequests();
        replies = config.topics().rerankReplies();
    }

    @Override
    public Map<Integer, Long> requestEnds() throws IOException {
        return ends(requests);
    }

    @Override
    public Map<Integer, Long> replyEnds() throws IOException {
        return ends(replies);
    }

    private Map<Integer, Long> ends(String topic) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            Map<Integer, Long> ends = new HashMap<>();
            consumer.endOffsets(partitions(consumer, topic), PATIENCE)
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        } catch (KafkaException e) {
            throw unanswered(topic, e);
        }
    }

    @Override
    public void replies(Map<Integer, Long> from, Visitor visitor) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = partitions(consumer, replies);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            consumer.assign(partitions);
            for (TopicPartition each : partitions) {
                // Behind the end stands what was kept of an earlier topic of this name.
                long known = from.getOrDefault(each.partition(), 0L);
                consumer.seek(each, known > ends.get(each) ? 0 : known);
            }
            long silentUntil = System.nanoTime() + PATIENCE.toNanos();
            while (isBefore(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    silentUntil = System.nanoTime() + PATIENCE.toNanos();
                    ReplyPlace place = ReplyPlace.read(record.headers());
                    if (place != null) {
                        visitor.answered(place.partition(), place.offset());
                    }
                }
                if (System.nanoTime() > silentUntil) {
                    throw new IOException(
                            "topic '%s' was not read to its end within %d s"
                                    .formatted(replies, PATIENCE.toSeconds()));
                }
            }
        } catch (KafkaException e) {
            throw unanswered(replies, e);
        }
    }

    private static boolean isBefore(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue());
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) throws IOException {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic, PATIENCE);
        if (partitions == null || partitions.isEmpty()) {
            throw new IOException(
                    "topic '%s' doesn't exist; create it with 'sluice topics create'"
                            .formatted(topic));
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static IOException unanswered(String topic, KafkaException e) {
        return new IOException(
                "topic '%s' cannot be asked: %s".formatted(topic, e.getMessage()), e);
    }
}
