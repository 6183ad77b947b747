package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Impression;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.join.JoinOutput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The join's findings between operators: a tag byte, the impression, then time and label or time,
 * kind and value, or time. Version 1 had no feedback, version 2 no assumptions.
 */
public final class JoinOutputCodec implements StateCodec<JoinOutput> {

    private static final int SHOWN = 1;
    private static final int LABELLED = 2;
    private static final int ANSWERED = 3;
    private static final int ASSUMED = 4;

    private static final StreamEventCodec EVENTS = new StreamEventCodec();

    @Override
    public String name() {
        return "join-output";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void write(JoinOutput output, DataOutput out) throws IOException {
        if (output instanceof JoinOutput.Shown shown) {
            out.writeByte(SHOWN);
            Nested.write(EVENTS, shown.impression(), out);
        } else if (output instanceof JoinOutput.Labelled labelled) {
            out.writeByte(LABELLED);
            Nested.write(EVENTS, labelled.impression(), out);
            out.writeLong(labelled.time());
            out.writeByte(labelled.label());
        } else if (output instanceof JoinOutput.Answered answered) {
            out.writeByte(ANSWERED);
            Nested.write(EVENTS, answered.impression(), out);
            out.writeLong(answered.time());
            Fields.writeText(answered.kind(), out);
            out.writeDouble(answered.value());
        } else if (output instanceof JoinOutput.Assumed assumed) {
            out.writeByte(ASSUMED);
            Nested.write(EVENTS, assumed.impression(), out);
            out.writeLong(assumed.time());
        }
    }

    @Override
    public JoinOutput read(int version, DataInput in) throws IOException {
        int tag = in.readByte();
        int last = version + 1; // each version has added one
        if (tag < SHOWN || tag > last) {
            throw new CorruptStateException(
                    "join output: found tag %d, expected 1 to %d".formatted(tag, last));
        }
        Impression impression = readImpression(in);
        return switch (tag) {
            case SHOWN -> new JoinOutput.Shown(impression);
            case LABELLED -> new JoinOutput.Labelled(in.readLong(), impression, in.readByte());
            case ASSUMED -> new JoinOutput.Assumed(in.readLong(), impression);
            default ->
                    new JoinOutput.Answered(
                            in.readLong(), impression, Fields.readText(in), in.readDouble());
        };
    }

    static Impression readImpression(DataInput in) throws IOException {
        StreamEvent event = Nested.read(EVENTS, in);
        if (event instanceof Impression impression) {
            return impression;
        }
        throw new CorruptStateException(
                "found a %s, expected an impression".formatted(event.getClass().getSimpleName()));
    }
}
