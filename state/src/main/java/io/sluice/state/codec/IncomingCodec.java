package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What the sources hand out: a tag byte, then an arrival or a dead letter. */
public final class IncomingCodec implements StateCodec<Incoming> {

    private static final int ARRIVAL = 1;
    private static final int REFUSED = 2;

    private static final ArrivalCodec ARRIVALS = new ArrivalCodec();
    private static final DeadLetterCodec LETTERS = new DeadLetterCodec();

    @Override
    public String name() {
        return "incoming";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Incoming incoming, DataOutput out) throws IOException {
        if (incoming instanceof Arrival arrival) {
            out.writeByte(ARRIVAL);
            Nested.write(ARRIVALS, arrival, out);
        } else if (incoming instanceof Incoming.Refused refused) {
            out.writeByte(REFUSED);
            Nested.write(LETTERS, refused.letter(), out);
        }
    }

    @Override
    public Incoming read(int version, DataInput in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case ARRIVAL -> Nested.read(ARRIVALS, in);
            case REFUSED -> new Incoming.Refused(Nested.read(LETTERS, in));
            default ->
                    throw new CorruptStateException(
                            "incoming record: found tag %d, expected 1 or 2".formatted(tag));
        };
    }
}
