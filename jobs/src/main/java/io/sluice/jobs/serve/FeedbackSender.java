package io.sluice.jobs.serve;

import io.micrometer.core.instrument.Counter;
import io.sluice.operators.serde.EventWriter;
import io.sluice.state.event.Feedback;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes feedback to its topic and says when the broker has it. Thread-safe. */
final class FeedbackSender {

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Counter sent;
    private final Counter failed;

    FeedbackSender(Producer<byte[], byte[]> producer, String topic, ServeMetrics metrics) {
        this.producer = producer;
        this.topic = topic;
        sent = metrics.events("feedback", "sent");
        failed = metrics.events("feedback", "failed");
    }

    /** Completes when all replicas in sync have it, or fails with Kafka's reason. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears the same
    CompletionStage<Void> send(Feedback feedback) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, EventWriter.key(feedback), EventWriter.value(feedback));
        try {
            producer.send(record, (metadata, fault) -> finish(done, fault));
        } catch (KafkaException | IllegalStateException e) {
            finish(done, e);
        }
        return done;
    }

    private void finish(CompletableFuture<Void> done, Exception fault) {
        if (fault == null) {
            sent.increment();
            done.complete(null);
        } else {
            failed.increment();
            done.completeExceptionally(fault);
        }
    }
}
