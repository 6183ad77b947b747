package io.sluice.state.codec;

import io.sluice.state.event.SourceRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A source record: topic, partition, offset, timestamp, key, value. */
final class SourceRecordFields {

    private SourceRecordFields() {}

    static void write(SourceRecord source, DataOutput out) throws IOException {
        Fields.writeText(source.topic(), out);
        out.writeInt(source.partition());
        out.writeLong(source.offset());
        out.writeLong(source.timestamp());
        Fields.writeBytes(source.key(), out);
        Fields.writeBytes(source.value(), out);
    }

    static SourceRecord read(DataInput in) throws IOException {
        return new SourceRecord(
                Fields.readText(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                Fields.readBytes(in),
                Fields.readBytes(in));
    }
}
