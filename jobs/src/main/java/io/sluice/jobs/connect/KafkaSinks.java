package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.evaluate.ScoreRecord;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.ReplyRecord;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.model.Page;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;

/**
 * The topics that jobs write.
 *
 * <p>Scores and dead letters are written exactly once: they become visible to {@code
 * read_committed} readers with the checkpoint that they belong to. Pages and alarms are written at
 * once and at least once; they are absolute, so a repeated one does no harm, and a server sees them
 * within milliseconds instead of at the next checkpoint. Replies are written in the same way; see
 * {@link ReplySink}.
 */
public final class KafkaSinks {

    private KafkaSinks() {}

    /** The model topic. */
    public static KafkaSink<Page> pages(SluiceConfig config) {
        return atLeastOnce(config, new PageSchema(config.topics().model()));
    }

    /** The features topic. */
    public static KafkaSink<EntityPage> entityPages(SluiceConfig config) {
        return atLeastOnce(config, new EntityPageSchema(config.topics().features()));
    }

    /** The topics of replies and impressions. */
    public static Sink<ReplyRecord> replies(SluiceConfig config) {
        return new ReplySink(config);
    }

    /**
     * The drift topic: at once, since somebody waits for it, and at least once; a repeated alarm
     * has the segment and the sequence of the first.
     */
    public static KafkaSink<DriftAlarm> drift(SluiceConfig config) {
        return atLeastOnce(config, new DriftSchema(config.topics().drift()));
    }

    private static <T> KafkaSink<T> atLeastOnce(
            SluiceConfig config, KafkaRecordSerializationSchema<T> schema) {
        return builder(config, schema)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                // A publication is many small records: few milliseconds make few large batches.
                .setProperty("linger.ms", "5")
                .setProperty("batch.size", Integer.toString(256 << 10))
                .setProperty("compression.type", "lz4")
                .build();
    }

    /** The scores topic. */
    public static KafkaSink<ScoreRecord> scores(SluiceConfig config) {
        return exactlyOnce(config, "train-scores", new ScoreSchema(config.topics().scores()));
    }

    /**
     * The dead-letters topic.
     *
     * @param job that sets them aside; also in the transactional ids
     */
    public static KafkaSink<DeadLetter> deadLetters(SluiceConfig config, String job) {
        return exactlyOnce(
                config,
                job + "-dead-letters",
                new DeadLetterSchema(config.topics().deadLetters(), job));
    }

    private static <T> KafkaSink<T> exactlyOnce(
            SluiceConfig config, String purpose, KafkaRecordSerializationSchema<T> schema) {
        return builder(config, schema)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(config.name() + "-" + purpose)
                .setProperty(
                        "transaction.timeout.ms",
                        Integer.toString(config.train().transactionTimeoutMs()))
                .setProperty("max.request.size", Integer.toString(Topics.LARGEST_DEAD_LETTER))
                .setProperty("linger.ms", "20")
                .build();
    }

    private static <T> KafkaSinkBuilder<T> builder(
            SluiceConfig config, KafkaRecordSerializationSchema<T> schema) {
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(config.kafka().clientProperties())
                .setBootstrapServers(config.kafka().bootstrap())
                .setRecordSerializer(schema);
    }
}
