package io.sluice.jobs.connect;

import io.sluice.state.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter as a record: the original key and value, and headers that say where they came from
 * and what is wrong.
 *
 * <p>Headers, all text: {@code reason}, {@code detail}, {@code topic}, {@code partition}, {@code
 * offset}, {@code job} that set it aside (each job that reads a bad record does); and {@code
 * truncated} with the original lengths when key and value together are larger than {@value
 * Topics#DEAD_LETTER_BYTES} bytes. Then the key keeps up to 1 MiB and the value what is left.
 */
final class DeadLetterSchema implements KafkaRecordSerializationSchema<DeadLetter> {

    private static final long serialVersionUID = 1;

    private static final int LONGEST_KEY = 1 << 20;

    /** A detail quotes what was found; more than this helps nobody. */
    private static final int LONGEST_DETAIL = 8 << 10;

    private final String topic;
    private final String job;

    DeadLetterSchema(String topic, String job) {
        this.topic = topic;
        this.job = job;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        byte[] key = letter.key();
        byte[] value = letter.value();
        boolean tooLarge = (long) length(key) + length(value) > Topics.DEAD_LETTER_BYTES;
        if (tooLarge) {
            key = cut(key, LONGEST_KEY);
            value = cut(value, Topics.DEAD_LETTER_BYTES - length(key));
        }
        // No timestamp: retention counts from now and not from whatever the event says.
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, null, key, value);
        Headers headers = record.headers();
        add(headers, "reason", letter.reason().name());
        add(headers, "detail", shorten(letter.detail()));
        add(headers, "topic", letter.topic());
        add(headers, "partition", Integer.toString(letter.partition()));
        add(headers, "offset", Long.toString(letter.offset()));
        add(headers, "job", job);
        if (tooLarge) {
            String lengths = "key %d, value %d bytes";
            add(
                    headers,
                    "truncated",
                    lengths.formatted(length(letter.key()), length(letter.value())));
        }
        return record;
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String shorten(String detail) {
        return detail.length() <= LONGEST_DETAIL
                ? detail
                : detail.substring(0, LONGEST_DETAIL) + "…";
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] cut(byte[] bytes, int limit) {
        return length(bytes) <= limit ? bytes : Arrays.copyOf(bytes, limit);
    }
}
