package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.ParsedRecord;
import io.sluice.operators.serde.TopicKind;
import io.sluice.operators.time.BacklogEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the topics of events hold when a job is submitted.
 *
 * <p>A live stream and a year of history have very different numbers of events in ten minutes of
 * event time. How far partitions may run apart is a matter of memory, so it is meant in events, and
 * said in event time, because that is what Flink holds them to: this translates.
 *
 * @param ends where the partitions end
 * @param records how many the topics hold
 * @param spanMs event time from their first records to their last ones, milliseconds
 */
public record Backlog(BacklogEnds ends, long records, long spanMs) {

    /** Topics that hold nothing. */
    public static final Backlog NONE = new Backlog(BacklogEnds.NONE, 0, 0);

    /**
     * Events that partitions may be ahead of the slowest by, all together, where events are as
     * frequent as on average. Flink moves the bound five times a second, so that waiting for one
     * another begins to cost at 250,000 events a second; what waits are some tens of megabytes,
     * some hundred if the events are long lists.
     */
    static final long EVENTS_AHEAD = 50_000;

    /** Never less: enough for live traffic. */
    static final Duration LEAST_AHEAD = Duration.ofMinutes(10);

    private static final Duration MOST_AHEAD = Duration.ofDays(36_500);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SAMPLE_PATIENCE = Duration.ofSeconds(3);

    /** Records looked at on either end of a partition: one of them may have a wrong clock. */
    private static final int SAMPLE = 21;

    /** Partitions that are looked into; the rest are like them. */
    private static final int PARTITIONS = 32;

    /**
     * Looks at all topics that a job of this configuration reads.
     *
     * @throws TopicsException when Kafka can't be asked
     */
    public static Backlog of(SluiceConfig config) {
        List<String> topics = KafkaSources.inputTopics(config);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings(config))) {
            List<TopicPartition> partitions =
                    topics.stream()
                            .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                            .map(each -> new TopicPartition(each.topic(), each.partition()))
                            .toList();
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            return new Look(config, consumer, begins, ends).backlog(partitions);
        } catch (KafkaException e) {
            throw new TopicsException(
                    "Kafka at %s can't be asked what %s hold: %s"
                            .formatted(config.kafka().bootstrap(), topics, e.getMessage()),
                    e);
        }
    }

    private static Properties settings(SluiceConfig config) {
        Properties settings = config.kafka().clientProperties();
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", SAMPLE);
        return settings;
    }

    /** How far a partition may run ahead of the slowest, in event time. */
    public Duration farthestAhead() {
        if (records == 0) {
            return LEAST_AHEAD;
        }
        double ms = (double) spanMs / records * EVENTS_AHEAD;
        if (ms >= MOST_AHEAD.toMillis()) {
            return MOST_AHEAD;
        }
        return ms <= LEAST_AHEAD.toMillis() ? LEAST_AHEAD : Duration.ofMillis((long) ms);
    }

    /** One look at the topics. */
    private static final class Look {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Map<TopicPartition, Long> begins;
        private final Map<TopicPartition, Long> ends;
        private final EventParser parser;
        private final Map<String, TopicKind> kinds;

        Look(
                SluiceConfig config,
                KafkaConsumer<byte[], byte[]> consumer,
                Map<TopicPartition, Long> begins,
                Map<TopicPartition, Long> ends) {
            this.consumer = consumer;
            this.begins = begins;
            this.ends = ends;
            parser = KafkaSources.parser(config);
            kinds = KafkaSources.kinds(config);
        }

        Backlog backlog(List<TopicPartition> partitions) {
            Map<String, Map<Integer, Long>> found = new HashMap<>();
            List<TopicPartition> filled = new ArrayList<>();
            long records = 0;
            for (TopicPartition each : partitions) {
                long length = ends.get(each) - begins.get(each);
                if (length > 0) {
                    records += length;
                    filled.add(each);
                    found.computeIfAbsent(each.topic(), topic -> new HashMap<>())
                            .put(each.partition(), ends.get(each));
                }
            }
            return filled.isEmpty()
                    ? NONE
                    : new Backlog(new BacklogEnds(found), records, spanMs(filled));
        }

        private long spanMs(List<TopicPartition> filled) {
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            int step = (filled.size() + PARTITIONS - 1) / PARTITIONS;
            for (int i = 0; i < filled.size(); i += step) {
                TopicPartition each = filled.get(i);
                List<Long> early = sample(each, begins.get(each));
                List<Long> late = sample(each, Math.max(begins.get(each), ends.get(each) - SAMPLE));
                if (!early.isEmpty() && !late.isEmpty()) {
                    first = Math.min(first, early.get(early.size() / 2));
                    last = Math.max(last, late.get(late.size() / 2));
                }
            }
            return first < last ? last - first : 0;
        }

        /** Event times of some records from an offset on, in order; none can be read: none. */
        private List<Long> sample(TopicPartition partition, long offset) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            List<Long> times = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(SAMPLE_PATIENCE)) {
                ParsedRecord parsed =
                        parser.parse(
                                kinds.get(record.topic()),
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.timestamp(),
                                record.key(),
                                record.value());
                if (parsed.isEvent()) {
                    times.add(parsed.event().timestamp());
                }
            }
            times.sort(null);
            return times;
        }
    }
}
