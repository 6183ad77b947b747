package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.CatalogueJson;
import io.sluice.operators.serde.EventWriter;
import io.sluice.state.codec.CatalogueCodec;
import io.sluice.state.event.CatalogueEntry;
import io.sluice.state.event.StreamEvent;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes events to topics, spread over partitions by their keys as a product would.
 *
 * <p>What was sent and what Kafka took is counted, so that whoever sends can hold both to each
 * other.
 *
 * <p>Records carry the time at which they are written, not that of the event: a broker deletes by
 * the former, and a data set is old.
 */
final class EventSender implements Closeable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> fault = new AtomicReference<>();
    private final Map<String, Tally> sent = new TreeMap<>();
    private final Map<TopicPartition, Long> taken = new ConcurrentHashMap<>();

    /**
     * What was sent to a topic.
     *
     * @param records how many
     * @param lastEventTime the latest event's, epoch milliseconds
     */
    record Tally(long records, long lastEventTime) {

        private Tally plus(Tally other) {
            return new Tally(records + other.records, Math.max(lastEventTime, other.lastEventTime));
        }
    }

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
        send(topic, EventWriter.key(event), EventWriter.value(event), event.timestamp());
    }

    void send(String topic, CatalogueEntry entry) throws IOException {
        send(topic, CatalogueCodec.key(entry.id()), CatalogueJson.write(entry), entry.timestamp());
    }

    private void send(String topic, byte[] key, byte[] value, long eventTime) throws IOException {
        check();
        var unused =
                producer.send(
                        new ProducerRecord<>(topic, key, value),
                        (done, exception) -> {
                            if (exception == null) {
                                taken.merge(
                                        new TopicPartition(done.topic(), done.partition()),
                                        1L,
                                        Long::sum);
                            } else {
                                fault.compareAndSet(null, exception);
                            }
                        });
        sent.merge(topic, new Tally(1, eventTime), Tally::plus);
    }

    /** Waits until everything has arrived. */
    void flush() throws IOException {
        producer.flush();
        check();
    }

    /** What was sent so far, by topic. */
    Map<String, Tally> sent() {
        return Collections.unmodifiableMap(sent);
    }

    /** How many records Kafka has taken so far, by partition; complete after {@link #flush}. */
    Map<TopicPartition, Long> taken() {
        return Map.copyOf(taken);
    }

    private void check() throws IOException {
        if (fault.get() != null) {
            throw new IOException(
                    "Kafka did not take an event: " + fault.get().getMessage(), fault.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
