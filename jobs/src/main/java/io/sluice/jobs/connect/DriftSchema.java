package io.sluice.jobs.connect;

import io.sluice.operators.serde.DriftJson;
import io.sluice.state.drift.DriftAlarm;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An alarm of drift as a record: JSON, under its segment and key; {@code stream} for all of it. */
final class DriftSchema implements KafkaRecordSerializationSchema<DriftAlarm> {

    private static final long serialVersionUID = 1;

    private final String topic;

    DriftSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DriftAlarm alarm, KafkaSinkContext context, Long timestamp) {
        String field = alarm.change().field();
        String key = field.isEmpty() ? "stream" : field + '/' + DriftJson.key(alarm.change());
        return new ProducerRecord<>(
                topic, null, null, key.getBytes(StandardCharsets.UTF_8), DriftJson.write(alarm));
    }
}
