package io.sluice.jobs.connect;

import io.sluice.operators.evaluate.ScoreRecord;
import io.sluice.operators.serde.ScoreJson;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A score as a record: JSON, under the number of its window, {@code base-} before it for the model
 * alone, or {@code example-} and the number of its example. All in one partition, so that they are
 * read in the order of learning.
 */
final class ScoreSchema implements KafkaRecordSerializationSchema<ScoreRecord> {

    private static final long serialVersionUID = 1;

    private static final int PARTITION = 0;

    private final String topic;

    ScoreSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            ScoreRecord score, KafkaSinkContext context, Long timestamp) {
        String key;
        byte[] value;
        if (score instanceof ScoreRecord.Window window) {
            String arm = window.arm().name().toLowerCase(Locale.ROOT);
            boolean served = window.arm() == ScoreRecord.Arm.DEFAULT;
            key = (served ? "" : arm + "-") + window.window().number();
            value = ScoreJson.window(arm, window.window());
        } else {
            ScoreRecord.One one = (ScoreRecord.One) score;
            key = "example-" + one.scored().sequence();
            value = ScoreJson.example(one.scored());
        }
        return new ProducerRecord<>(
                topic, PARTITION, null, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
