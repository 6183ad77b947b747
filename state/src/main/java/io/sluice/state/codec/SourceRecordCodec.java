package io.sluice.state.codec;

import io.sluice.state.event.SourceRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Records as they were read: requests on their way to an answer. */
public final class SourceRecordCodec implements StateCodec<SourceRecord> {

    @Override
    public String name() {
        return "source-record";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(SourceRecord record, DataOutput out) throws IOException {
        SourceRecordFields.write(record, out);
    }

    @Override
    public SourceRecord read(int version, DataInput in) throws IOException {
        return SourceRecordFields.read(in);
    }
}
