package io.sluice.state.codec;

import io.sluice.state.learner.Scored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Judged predictions between the learner and their evaluation: the fields in order.
 *
 * <p>Version 2 adds the model's own prediction; in version 1 it is the only one.
 */
public final class ScoredCodec implements StateCodec<Scored> {

    /** The first version with the model's own prediction. */
    private static final int WITH_BASE = 2;

    @Override
    public String name() {
        return "scored";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Scored scored, DataOutput out) throws IOException {
        out.writeLong(scored.sequence());
        out.writeLong(scored.time());
        Fields.writeText(scored.request(), out);
        Fields.writeText(scored.item(), out);
        out.writeFloat(scored.prediction());
        out.writeFloat(scored.base());
        out.writeFloat(scored.label());
        out.writeFloat(scored.weight());
    }

    @Override
    public Scored read(int version, DataInput in) throws IOException {
        long sequence = in.readLong();
        long time = in.readLong();
        String request = Fields.readText(in);
        String item = Fields.readText(in);
        float prediction = in.readFloat();
        float base = version >= WITH_BASE ? in.readFloat() : prediction;
        return new Scored(
                sequence, time, request, item, prediction, base, in.readFloat(), in.readFloat());
    }
}
