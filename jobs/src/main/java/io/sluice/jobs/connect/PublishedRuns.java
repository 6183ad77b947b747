package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.train.ModelHistory;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.TrainerRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The newest run on the model topic, read from its end backwards until a manifest is found: a
 * publication and not the whole model.
 *
 * <p>Pages behind the last manifest count for the epoch, since a run may have died in the middle of
 * its first publication. Pages that cannot be read are passed over, as servers do.
 */
public final class PublishedRuns implements ModelHistory {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long FIRST_LOOK = 1_000;

    private final Properties settings;
    private final String topic;

    /** The runs on the model topic of this configuration. */
    public PublishedRuns(SluiceConfig config) {
        settings = config.kafka().clientProperties();
        settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        topic = config.topics().model();
    }

    @Override
    public TrainerRun newest() throws IOException {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            requireTopic(consumer);
            List<TopicPartition> one = List.of(partition);
            long begin = consumer.beginningOffsets(one, PATIENCE).get(partition);
            long until = consumer.endOffsets(one, PATIENCE).get(partition);
            consumer.assign(one);
            Newest newest = new Newest();
            for (long look = FIRST_LOOK; until > begin && !newest.manifestSeen; look *= 4) {
                long from = Math.max(begin, until - look);
                consumer.seek(partition, from);
                while (consumer.position(partition, PATIENCE) < until) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        if (record.offset() < until) {
                            newest.take(record);
                        }
                    }
                }
                until = from;
            }
            return new TrainerRun(newest.epoch, newest.lineage);
        } catch (KafkaException e) {
            throw new IOException(
                    "topic '%s' cannot be asked for the runs before this one: %s"
                            .formatted(topic, e.getMessage()),
                    e);
        }
    }

    private void requireTopic(KafkaConsumer<byte[], byte[]> consumer) throws IOException {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic, PATIENCE);
        if (partitions == null || partitions.isEmpty()) {
            throw new IOException(
                    "topic '%s' doesn't exist; check topics.model, or create it with 'sluice topics create'"
                            .formatted(topic));
        }
    }

    /** What one look after the other shows; records come in order within a look. */
    private static final class Newest {

        private int epoch;
        private int lineage;
        private boolean manifestSeen;

        void take(ConsumerRecord<byte[], byte[]> record) {
            try {
                Page page = PageCodec.decode(record.key(), record.value());
                epoch = Math.max(epoch, page.version().epoch());
                if (page.kind() == PageKind.MANIFEST && !page.isTombstone()) {
                    lineage = PagePayloads.readManifest(page).lineage();
                    manifestSeen = true;
                }
            } catch (CorruptStateException e) {
                // A server leaves it out, too.
            }
        }
    }
}
