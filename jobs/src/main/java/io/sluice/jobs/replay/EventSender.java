package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.EventWriter;
import io.sluice.state.event.StreamEvent;
import java.io.Closeable;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes events to topics, spread over partitions by their keys as a product would.
 *
 * <p>Records carry the time at which they are written, not that of the event: a broker deletes by
 * the former, and a data set is old.
 */
final class EventSender implements Closeable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> fault = new AtomicReference<>();

    EventSender(SluiceConfig config) {
        Properties settings = config.kafka().clientProperties();
        settings.put("enable.idempotence", "true");
        // Order is all: a refused batch is sent again before the next one goes.
        settings.put("max.in.flight.requests.per.connection", "1");
        settings.put("linger.ms", "20");
        settings.put("batch.size", Integer.toString(256 << 10));
        settings.put("compression.type", "lz4");
        settings.put("max.request.size", Integer.toString(16 << 20));
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(String topic, StreamEvent event) throws IOException {
        check();
        var unused =
                producer.send(
                        new ProducerRecord<>(
                                topic, EventWriter.key(event), EventWriter.value(event)),
                        (done, exception) -> {
                            if (exception != null) {
                                fault.compareAndSet(null, exception);
                            }
                        });
    }

    /** Waits until everything has arrived. */
    void flush() throws IOException {
        producer.flush();
        check();
    }

    private void check() throws IOException {
        if (fault.get() != null) {
            throw new IOException("the embedded broker did not take an event", fault.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
