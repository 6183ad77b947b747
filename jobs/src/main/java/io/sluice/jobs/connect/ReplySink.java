package io.sluice.jobs.connect;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.event.ReplyRecord;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes replies and the impressions that belong to them, at once and at least once.
 *
 * <p>No transactions: readers would wait for the next checkpoint. A reply is sent when the broker
 * has its impression, so one that was seen is always logged.
 */
final class ReplySink implements Sink<ReplyRecord> {

    private static final long serialVersionUID = 1;

    private final Properties settings;
    private final String replies;
    private final String impressions;

    ReplySink(SluiceConfig config) {
        settings = config.kafka().clientProperties();
        settings.put("client.id", config.name() + "-rerank-replies");
        settings.put("linger.ms", "0");
        settings.put("acks", "all");
        // What is too large is refused by the broker, for what its topic takes.
        settings.put("max.request.size", Integer.toString(Topics.LARGEST_DEAD_LETTER));
        replies = config.topics().rerankReplies();
        impressions = config.topics().impressions();
    }

    @Override
    public SinkWriter<ReplyRecord> createWriter(WriterInitContext context) {
        return new ReplyWriter(producer(), producer(), impressions, replies);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
