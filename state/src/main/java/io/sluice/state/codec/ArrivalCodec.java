package io.sluice.state.codec;

import io.sluice.state.join.Arrival;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Events on their way to the join: the event, then the record it was read from. */
public final class ArrivalCodec implements StateCodec<Arrival> {

    private static final StreamEventCodec EVENTS = new StreamEventCodec();

    @Override
    public String name() {
        return "arrival";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Arrival arrival, DataOutput out) throws IOException {
        Nested.write(EVENTS, arrival.event(), out);
        SourceRecordFields.write(arrival.source(), out);
    }

    @Override
    public Arrival read(int version, DataInput in) throws IOException {
        return new Arrival(Nested.read(EVENTS, in), SourceRecordFields.read(in));
    }
}
