package io.sluice.jobs.connect;

import io.sluice.state.codec.PageCodec;
import io.sluice.state.model.Page;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A page as a record of the compacted model topic; a tombstone has no value. */
final class PageSchema implements KafkaRecordSerializationSchema<Page> {

    private static final long serialVersionUID = 1;

    private final String topic;

    PageSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Page page, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic, null, null, PageCodec.key(page.kind(), page.id()), PageCodec.value(page));
    }
}
