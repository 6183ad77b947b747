package io.sluice.jobs.train;

import io.sluice.state.codec.PageCodec;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a product and a server would see: writes events, reads committed records. */
public final class TestTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final String bootstrap;
    private final KafkaProducer<byte[], byte[]> producer;

    public TestTopics(String bootstrap) {
        this.bootstrap = bootstrap;
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "linger.ms",
                                "5",
                                // Several would overtake each other while a new topic gets leaders.
                                "max.in.flight.requests.per.connection",
                                "1",
                                "max.request.size",
                                Integer.toString(32 << 20)),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Sends to the partition that the key leads to. */
    void send(String topic, String key, String json) {
        send(topic, null, key, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends; {@code partition} null leaves the choice to the key. */
    public void send(String topic, Integer partition, String key, byte[] value) {
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                topic, partition, key.getBytes(StandardCharsets.UTF_8), value));
    }

    public void flush() {
        producer.flush();
    }

    /** All committed records up to the present stable end, partition by partition. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = assign(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    /** Follows a model topic until a manifest is as wanted. */
    Manifest awaitManifest(String topic, Duration limit, Predicate<Manifest> wanted)
            throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        Manifest last = null;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            assign(consumer, topic);
            while (System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Page page = PageCodec.decode(record.key(), record.value());
                    if (page.kind() == PageKind.MANIFEST) {
                        last = PagePayloads.readManifest(page);
                        if (wanted.test(last)) {
                            return last;
                        }
                    }
                }
            }
        }
        throw new AssertionError(
                "waited %s for a manifest in %s, the last one is %s".formatted(limit, topic, last));
    }

    /** Reads again and again until the records are as wanted. */
    public List<ConsumerRecord<byte[], byte[]>> await(
            String topic, Duration limit, Predicate<List<ConsumerRecord<byte[], byte[]>>> wanted) {
        long end = System.nanoTime() + limit.toNanos();
        List<ConsumerRecord<byte[], byte[]>> records = read(topic);
        while (!wanted.test(records)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "waited %s for records in %s, there are %d"
                                .formatted(limit, topic, records.size()));
            }
            records = read(topic);
        }
        return records;
    }

    /** Where a topic without transactions ends: how many records were ever written. */
    public long count(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(assign(consumer, topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "isolation.level",
                        "read_committed",
                        "max.partition.fetch.bytes",
                        Integer.toString(32 << 20),
                        "enable.auto.commit",
                        "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> assign(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    @Override
    public void close() {
        producer.close();
    }
}
