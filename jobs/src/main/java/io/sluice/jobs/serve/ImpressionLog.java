package io.sluice.jobs.serve;

import io.micrometer.core.instrument.Counter;
import io.sluice.operators.serde.EventWriter;
import io.sluice.state.event.Impression;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was shown to the impressions topic.
 *
 * <p>Never holds up an answer: impressions wait in a queue for a thread that hands them to Kafka,
 * which may block while it looks for the broker. The queue is bounded in bytes. An impression that
 * finds no room, or that Kafka refuses, is dropped, counted, and logged (once until it works
 * again). Thread-safe.
 */
final class ImpressionLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImpressionLog.class);

    /** Room for some 10,000 impressions of 20 items. */
    static final long MOST_WAITING_BYTES = 32L << 20;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Duration patience;
    private final Counter sent;
    private final Counter failed;
    private final BlockingQueue<ProducerRecord<byte[], byte[]>> waiting =
            new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread sender = new Thread(this::send, "impression-log");
    private volatile boolean closing;
    private volatile boolean failing;

    /**
     * A log; owns the producer.
     *
     * @param patience how long closing waits for impressions on their way
     */
    ImpressionLog(
            Producer<byte[], byte[]> producer,
            String topic,
            Duration patience,
            ServeMetrics metrics) {
        this.producer = producer;
        this.topic = topic;
        this.patience = patience;
        sent = metrics.events("impressions", "sent");
        failed = metrics.events("impressions", "failed");
        sender.setDaemon(true);
        sender.start();
    }

    /** Hands over the impression of one answer; null when nothing was shown. */
    void log(Impression impression) {
        if (impression == null) {
            return;
        }
        byte[] value = EventWriter.value(impression);
        if (waitingBytes.addAndGet(value.length) > MOST_WAITING_BYTES) {
            waitingBytes.addAndGet(-value.length);
            count(new IllegalStateException("too many wait for Kafka to take them"));
            return;
        }
        waiting.add(new ProducerRecord<>(topic, EventWriter.key(impression), value));
    }

    private void send() {
        try {
            while (!closing || !waiting.isEmpty()) {
                ProducerRecord<byte[], byte[]> record = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (record != null) {
                    waitingBytes.addAndGet(-record.value().length);
                    send(record);
                }
            }
        } catch (InterruptedException e) {
            failed.increment(waiting.size());
            LOG.warn("{} impressions are lost: Kafka did not take them in time", waiting.size());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears the same
    private void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            producer.send(record, (metadata, fault) -> count(fault));
        } catch (InterruptException e) {
            failed.increment();
            throw new InterruptedException();
        } catch (KafkaException | IllegalStateException e) {
            count(e);
        }
    }

    private void count(Exception fault) {
        if (fault == null) {
            sent.increment();
            failing = false;
            return;
        }
        failed.increment();
        if (!failing) {
            failing = true;
            LOG.warn("impressions are being lost: {}", fault.toString());
        }
    }

    /** Sends what waits, as long as patience lasts. */
    @Override
    public void close() {
        closing = true;
        try {
            sender.join(Math.max(1, patience.toMillis()));
            if (sender.isAlive()) {
                sender.interrupt();
                sender.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(patience);
    }
}
