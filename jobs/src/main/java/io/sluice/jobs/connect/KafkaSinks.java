package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.evaluate.ScoreRecord;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.model.Page;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;

/**
 * The topics that training writes.
 *
 * <p>Scores and dead letters are written exactly once: they become visible to {@code
 * read_committed} readers with the checkpoint that they belong to. Pages are written at once and at
 * least once; they are absolute and versioned, so a repeated one does no harm, and a server sees
 * them within milliseconds instead of at the next checkpoint.
 */
public final class KafkaSinks {

    private KafkaSinks() {}

    /** The model topic. */
    public static KafkaSink<Page> pages(SluiceConfig config) {
        return KafkaSinks.<Page>builder(config, new PageSchema(config.topics().model()))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                // A publication is many small records: few milliseconds make few large batches.
                .setProperty("linger.ms", "5")
                .setProperty("batch.size", Integer.toString(256 << 10))
                .setProperty("compression.type", "lz4")
                .build();
    }

    /** The scores topic. */
    public static KafkaSink<ScoreRecord> scores(SluiceConfig config) {
        return exactlyOnce(config, "scores", new ScoreSchema(config.topics().scores()));
    }

    /** The dead-letters topic. */
    public static KafkaSink<DeadLetter> deadLetters(SluiceConfig config) {
        return exactlyOnce(
                config, "dead-letters", new DeadLetterSchema(config.topics().deadLetters()));
    }

    private static <T> KafkaSink<T> exactlyOnce(
            SluiceConfig config, String purpose, KafkaRecordSerializationSchema<T> schema) {
        return builder(config, schema)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(config.name() + "-train-" + purpose)
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
