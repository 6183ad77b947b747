package io.sluice.jobs.connect;

import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.ReplyRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First the impression; once the broker has it, the reply.
 *
 * <p>Two producers, because a reply is handed over in the thread of the first one, which must not
 * wait for itself. What the impressions' topic does not take for its size is left out and logged;
 * in place of such a reply goes one that says so. Any other failure fails the job, which reads the
 * requests again. At most {@value #MOST_UNDER_WAY} are under way at once.
 */
final class ReplyWriter implements SinkWriter<ReplyRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyWriter.class);

    private static final int MOST_UNDER_WAY = 1000;

    private final Producer<byte[], byte[]> first;
    private final Producer<byte[], byte[]> second;
    private final String impressions;
    private final String replies;
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
    private volatile Exception fault;

    /**
     * A writer; owns both producers.
     *
     * @param first writes impressions
     * @param second writes replies
     */
    ReplyWriter(
            Producer<byte[], byte[]> first,
            Producer<byte[], byte[]> second,
            String impressions,
            String replies) {
        this.first = first;
        this.second = second;
        this.impressions = impressions;
        this.replies = replies;
        // Now, so that the first reply finds its partitions without waiting.
        var unused = second.partitionsFor(replies);
    }

    @Override
    public void write(ReplyRecord reply, Context context) throws IOException, InterruptedException {
        check();
        free.acquire();
        if (reply.impression() == null) {
            sendReply(reply, reply.value());
            return;
        }
        byte[] key = reply.request().getBytes(StandardCharsets.UTF_8);
        var unused =
                first.send(
                        new ProducerRecord<>(impressions, key, reply.impression()),
                        (metadata, failure) -> impressionSent(reply, failure));
    }

    private void impressionSent(ReplyRecord reply, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            LOG.warn("the impression of request {} is lost: {}", reply.request(), text(failure));
        } else if (failure != null) {
            failed(failure);
            return;
        }
        sendReply(reply, reply.value());
    }

    private void sendReply(ReplyRecord reply, byte[] value) {
        byte[] key = reply.request().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(replies, key, value);
        new ReplyPlace(reply.partition(), reply.offset()).write(record.headers());
        try {
            var unused =
                    second.send(record, (metadata, failure) -> replySent(reply, value, failure));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void replySent(ReplyRecord reply, byte[] value, Exception failure) {
        if (failure instanceof RecordTooLargeException && value == reply.value()) {
            LOG.warn("the reply to request {} is too large: {}", reply.request(), text(failure));
            sendReply(
                    reply,
                    RerankJson.writeFailure(
                            reply.request(),
                            "a reply of %d bytes is more than its topic takes; ask for fewer with k"
                                    .formatted(value.length),
                            reply.replayed()));
        } else if (failure != null) {
            failed(failure);
        } else {
            free.release();
        }
    }

    private static String text(Exception failure) {
        return failure.getMessage();
    }

    private void failed(Exception failure) {
        fault = failure;
        free.release();
    }

    private void check() throws IOException {
        if (fault != null) {
            throw new IOException("replies cannot be written: " + fault.getMessage(), fault);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        first.flush();
        second.flush();
        // All of them: what is under way has been acknowledged or has failed.
        free.acquire(MOST_UNDER_WAY);
        free.release(MOST_UNDER_WAY);
        check();
    }

    @Override
    public void close() {
        first.close(Duration.ZERO);
        second.close(Duration.ZERO);
    }
}
