package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.join.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * The topics that a job reads, as one source.
 *
 * <p>One source and not one for each topic: then Flink keeps event time of all partitions together,
 * and none runs far ahead of the others.
 */
public final class KafkaSources {

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
        KafkaSourceBuilder<Incoming> builder =
                KafkaSource.<Incoming>builder()
                        .setProperties(config.kafka().clientProperties())
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
