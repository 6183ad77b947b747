package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.join.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The topics that a job reads, as one source.
 *
 * <p>One source and not one for each topic: then Flink keeps event time of all partitions together,
 * and none runs far ahead of the others.
 */
public final class KafkaSources {

    /**
     * Bytes fetched of a partition in one go, unless the configuration says otherwise. A fetch is
     * used up before the next partition's turn, so partitions run apart by as much while a backlog
     * is read, and what is ahead waits for event time: of Kafka's own 1 MiB, 7,000 events of 150
     * bytes from each partition.
     */
    private static final String MOST_FETCHED = Integer.toString(128 << 10);

    private KafkaSources() {}

    /**
     * The source of events.
     *
     * <p>A run without a checkpoint starts at the earliest record, whatever its consumer group has
     * committed: a job without state has seen nothing of them. Offsets are committed for those who
     * watch the lag.
     *
     * @param job its word in the names of group and clients
     * @param bounded whether to end at the offsets that are the latest at the start
     */
    public static Source<Incoming, ?, ?> events(SluiceConfig config, String job, boolean bounded) {
        Properties client = config.kafka().clientProperties();
        client.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MOST_FETCHED);
        KafkaSourceBuilder<Incoming> builder =
                KafkaSource.<Incoming>builder()
                        .setProperties(client)
                        .setTopics(inputTopics(config))
                        .setGroupId(config.name() + "-" + job)
                        .setClientIdPrefix(config.name() + "-" + job)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setProperty("isolation.level", "read_committed")
                        .setProperty("commit.offsets.on.checkpoint", "true")
                        .setDeserializer(new EventSchema(parser(config), kinds(config)));
        return bounded
                ? new BoundedKafkaSource<>(builder.setBounded(OffsetsInitializer.latest()).build())
                : builder.build();
    }

    /**
     * The source of rerank requests, never ending.
     *
     * <p>A run without a checkpoint goes on where its group has committed: a reply to a request of
     * last week is of no use to anybody.
     */
    @SuppressWarnings("deprecation") // OffsetResetStrategy: the connector asks for it
    public static Source<SourceRecord, ?, ?> requests(SluiceConfig config, String job) {
        return KafkaSource.<SourceRecord>builder()
                .setProperties(config.kafka().clientProperties())
                .setTopics(config.topics().rerankRequests())
                .setGroupId(config.name() + "-" + job)
                .setClientIdPrefix(config.name() + "-" + job)
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setProperty("isolation.level", "read_committed")
                .setProperty("commit.offsets.on.checkpoint", "true")
                .setDeserializer(new RequestSchema())
                .build();
    }

    /** The topics that are read with these settings. */
    public static List<String> inputTopics(SluiceConfig config) {
        List<String> topics = new ArrayList<>();
        if (config.readsImpressions()) {
            topics.add(config.topics().impressions());
            topics.add(config.topics().feedback());
        }
        if (config.readsInteractions()) {
            topics.add(config.topics().interactions());
        }
        return topics;
    }

    /** What each topic holds. */
    static Map<String, TopicKind> kinds(SluiceConfig config) {
        return Map.of(
                config.topics().impressions(), TopicKind.IMPRESSIONS,
                config.topics().feedback(), TopicKind.FEEDBACK,
                config.topics().interactions(), TopicKind.INTERACTIONS);
    }

    /** Reads the events of all topics. */
    static EventParser parser(SluiceConfig config) {
        return new EventParser(
                config.limits(),
                config.feedback().kinds().keySet(),
                config.examples().labelThreshold().orElse(Double.NaN));
    }
}
