package io.sluice.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterSchemaTest {

    private final DeadLetterSchema schema = new DeadLetterSchema("dead", "train");

    @Test
    void keyAndValueAreTheOriginalBytesAndTheHeadersSayWhy() {
        byte[] key = {1, 2};
        byte[] value = {(byte) 0xff, 0};

        ProducerRecord<byte[], byte[]> record =
                serialize(new DeadLetter("in", 3, 42, key, value, Reason.INVALID_UTF8, "why ü"));

        assertThat(record.topic()).isEqualTo("dead");
        assertThat(record.key()).isEqualTo(key);
        assertThat(record.value()).isEqualTo(value);
        assertThat(header(record, "reason")).isEqualTo("INVALID_UTF8");
        assertThat(header(record, "detail")).isEqualTo("why ü");
        assertThat(header(record, "topic")).isEqualTo("in");
        assertThat(header(record, "partition")).isEqualTo("3");
        assertThat(header(record, "offset")).isEqualTo("42");
        assertThat(header(record, "job")).isEqualTo("train");
        assertThat(record.headers().lastHeader("truncated")).isNull();
    }

    @Test
    void aRecordWithoutKeyAndValueStaysWithout() {
        ProducerRecord<byte[], byte[]> record =
                serialize(new DeadLetter("in", 0, 0, null, null, Reason.EMPTY, "nothing"));

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
    }

    @Test
    void whatFitsIsKeptWholeAndWhatDoesNotIsCutAndSaysSo() {
        byte[] key = new byte[100];
        byte[] fits = new byte[Topics.DEAD_LETTER_BYTES - 100];
        byte[] tooLarge = new byte[Topics.DEAD_LETTER_BYTES + 5];

        var whole = serialize(new DeadLetter("in", 0, 0, key, fits, Reason.TOO_LARGE, "large"));
        var cut = serialize(new DeadLetter("in", 0, 0, key, tooLarge, Reason.TOO_LARGE, "large"));

        assertThat(whole.value()).isSameAs(fits);
        assertThat(whole.headers().lastHeader("truncated")).isNull();
        assertThat(cut.key().length + cut.value().length).isEqualTo(Topics.DEAD_LETTER_BYTES);
        assertThat(header(cut, "truncated")).isEqualTo("key 100, value 16777221 bytes");
    }

    private ProducerRecord<byte[], byte[]> serialize(DeadLetter letter) {
        return schema.serialize(letter, null, 1L);
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
