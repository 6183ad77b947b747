package io.sluice.jobs.connect;

import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.feature.stream.EntityPage;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The record of an entity as a record of the compacted features topic; a tombstone has no value.
 */
final class EntityPageSchema implements KafkaRecordSerializationSchema<EntityPage> {

    private static final long serialVersionUID = 1;

    private final String topic;

    EntityPageSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            EntityPage page, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic, null, null, EntityPageCodec.key(page), EntityPageCodec.value(page));
    }
}
