package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Dead letters between operators: the fields in order, the reason by name. */
public final class DeadLetterCodec implements StateCodec<DeadLetter> {

    @Override
    public String name() {
        return "dead-letter";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(DeadLetter letter, DataOutput out) throws IOException {
        Fields.writeText(letter.topic(), out);
        out.writeInt(letter.partition());
        out.writeLong(letter.offset());
        Fields.writeBytes(letter.key(), out);
        Fields.writeBytes(letter.value(), out);
        Fields.writeText(letter.reason().name(), out);
        Fields.writeText(letter.detail(), out);
    }

    @Override
    public DeadLetter read(int version, DataInput in) throws IOException {
        return new DeadLetter(
                Fields.readText(in),
                in.readInt(),
                in.readLong(),
                Fields.readBytes(in),
                Fields.readBytes(in),
                reason(Fields.readText(in)),
                Fields.readText(in));
    }

    private static Reason reason(String name) throws CorruptStateException {
        try {
            return Reason.valueOf(name);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new CorruptStateException(
                    "dead letter: found unknown reason '%s'".formatted(name));
        }
    }
}
