package io.sluice.operators.serde;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.DeadLetterCodec;
import io.sluice.state.codec.StateCodec;
import io.sluice.state.codec.StreamEventCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Parsed records between operators: partition, offset, number of unknown fields, a tag byte, the
 * version of the inner codec in a byte, and what the inner codec writes.
 */
public final class ParsedRecordCodec implements StateCodec<ParsedRecord> {

    private static final int EVENT = 1;
    private static final int DEAD_LETTER = 2;

    private final StreamEventCodec events = new StreamEventCodec();
    private final DeadLetterCodec letters = new DeadLetterCodec();

    @Override
    public String name() {
        return "parsed-record";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(ParsedRecord parsed, DataOutput out) throws IOException {
        out.writeInt(parsed.partition());
        out.writeLong(parsed.offset());
        out.writeInt(parsed.unknownFields());
        if (parsed.isEvent()) {
            out.writeByte(EVENT);
            out.writeByte(events.version());
            events.write(parsed.event(), out);
        } else {
            out.writeByte(DEAD_LETTER);
            out.writeByte(letters.version());
            letters.write(parsed.deadLetter(), out);
        }
    }

    @Override
    public ParsedRecord read(int version, DataInput in) throws IOException {
        int partition = in.readInt();
        long offset = in.readLong();
        int unknownFields = in.readInt();
        int tag = in.readByte();
        int inner = in.readByte();
        return switch (tag) {
            case EVENT ->
                    ParsedRecord.of(
                            partition,
                            offset,
                            events.read(known(inner, events), in),
                            unknownFields);
            case DEAD_LETTER -> ParsedRecord.of(letters.read(known(inner, letters), in));
            default ->
                    throw new CorruptStateException(
                            "parsed record: found tag %d, expected 1 or 2".formatted(tag));
        };
    }

    private static int known(int version, StateCodec<?> codec) throws CorruptStateException {
        if (version < 1 || version > codec.version()) {
            throw new CorruptStateException(
                    "parsed record: %s of version %d found, this build reads 1 to %d"
                            .formatted(codec.name(), version, codec.version()));
        }
        return version;
    }
}
