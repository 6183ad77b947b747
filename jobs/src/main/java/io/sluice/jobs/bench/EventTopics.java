package io.sluice.jobs.bench;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.EventWriter;
import io.sluice.state.event.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events and what is known of items, as a product does. Thread-safe. */
final class EventTopics implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    EventTopics(SluiceConfig config) {
        Properties settings = config.kafka().clientProperties();
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends an event. */
    void send(String topic, StreamEvent event) {
        send(topic, EventWriter.key(event), EventWriter.value(event));
    }

    /** Sends what is known of an id. */
    void send(String topic, String id, byte[] value) {
        send(topic, id.getBytes(StandardCharsets.UTF_8), value);
    }

    private void send(String topic, byte[] key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    /** Waits for all that was sent. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
