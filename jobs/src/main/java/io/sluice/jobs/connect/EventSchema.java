package io.sluice.jobs.connect;

import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.ParsedRecord;
import io.sluice.operators.serde.SluiceTypes;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Parses records in the source, so that event time is known for each partition.
 *
 * <p>A record that can't be parsed is handed on as refused; nothing is thrown.
 */
final class EventSchema implements KafkaRecordDeserializationSchema<Incoming> {

    private static final long serialVersionUID = 1;

    /** Counter: fields that were passed over because nobody reads them. */
    private static final String UNKNOWN_FIELDS = "unknownFields";

    // -- configuration
    private final EventParser parser;
    private final HashMap<String, TopicKind> kinds;

    // -- runtime
    private transient Counter unknownFields;

    EventSchema(EventParser parser, Map<String, TopicKind> kinds) {
        this.parser = parser;
        this.kinds = new HashMap<>(kinds);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        unknownFields = context.getMetricGroup().counter(UNKNOWN_FIELDS);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
        ParsedRecord parsed =
                parser.parse(
                        kinds.get(record.topic()),
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value());
        unknownFields.inc(parsed.unknownFields());
        out.collect(parsed.isEvent() ? arrival(parsed, record) : refused(parsed));
    }

    private static Incoming arrival(ParsedRecord parsed, ConsumerRecord<byte[], byte[]> record) {
        return new Arrival(
                parsed.event(),
                new SourceRecord(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value()));
    }

    private static Incoming refused(ParsedRecord parsed) {
        return new Incoming.Refused(parsed.deadLetter());
    }

    @Override
    public TypeInformation<Incoming> getProducedType() {
        return SluiceTypes.INCOMING;
    }
}
