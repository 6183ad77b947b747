package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.ReplyRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Replies on their way to their topic: the fields in order. */
public final class ReplyRecordCodec implements StateCodec<ReplyRecord> {

    @Override
    public String name() {
        return "reply-record";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(ReplyRecord reply, DataOutput out) throws IOException {
        out.writeInt(reply.partition());
        out.writeLong(reply.offset());
        Fields.writeText(reply.request(), out);
        out.writeBoolean(reply.replayed());
        Fields.writeBytes(reply.value(), out);
        Fields.writeBytes(reply.impression(), out);
    }

    @Override
    public ReplyRecord read(int version, DataInput in) throws IOException {
        try {
            return new ReplyRecord(
                    in.readInt(),
                    in.readLong(),
                    Fields.readText(in),
                    in.readBoolean(),
                    Fields.readBytes(in),
                    Fields.readBytes(in));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new CorruptStateException("reply record: " + e.getMessage());
        }
    }
}
