package io.sluice.state.codec;

import io.sluice.state.learner.Scored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Judged predictions between the learner and their evaluation: the fields in order. */
public final class ScoredCodec implements StateCodec<Scored> {

    @Override
    public String name() {
        return "scored";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Scored scored, DataOutput out) throws IOException {
        out.writeLong(scored.sequence());
        out.writeLong(scored.time());
        Fields.writeText(scored.request(), out);
        Fields.writeText(scored.item(), out);
        out.writeFloat(scored.prediction());
        out.writeFloat(scored.label());
        out.writeFloat(scored.weight());
    }

    @Override
    public Scored read(int version, DataInput in) throws IOException {
        return new Scored(
                in.readLong(),
                in.readLong(),
                Fields.readText(in),
                Fields.readText(in),
                in.readFloat(),
                in.readFloat(),
                in.readFloat());
    }
}
