package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.rank.RankerHead;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A ranker's head in bytes: byte policy, floats α, λ, μ, τ, int dimensions, gains. */
final class RankerHeads {

    private static final int MOST_DIMENSIONS = 256;

    private RankerHeads() {}

    static void write(RankerHead head, DataOutput out) throws IOException {
        out.writeByte(head.policy().code());
        out.writeFloat(head.alpha());
        out.writeFloat(head.lambda());
        out.writeFloat(head.mu());
        out.writeFloat(head.tau());
        out.writeInt(head.dimensions());
        for (float gain : head.gains()) {
            out.writeFloat(gain);
        }
    }

    static RankerHead read(DataInput in) throws IOException {
        int code = in.readByte();
        RankerHead.Policy policy = RankerHead.Policy.ofCode(code);
        if (policy == null) {
            throw new CorruptStateException(
                    "ranker head: found policy %d; it was written by a newer release"
                            .formatted(code));
        }
        float alpha = CorruptStateException.finite("alpha", in.readFloat());
        float lambda = CorruptStateException.finite("lambda", in.readFloat());
        float mu = CorruptStateException.finite("mu", in.readFloat());
        float tau = in.readFloat();
        if (!(tau >= RankerHead.LEAST_TAU && tau <= RankerHead.MOST_TAU)) {
            throw new CorruptStateException(
                    "ranker head: found tau %s, expected %s to %s"
                            .formatted(tau, RankerHead.LEAST_TAU, RankerHead.MOST_TAU));
        }
        int dimensions = in.readInt();
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
            throw new CorruptStateException(
                    "ranker head: found %d dimensions, expected 0 to %d"
                            .formatted(dimensions, MOST_DIMENSIONS));
        }
        float[] gains = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            gains[d] = CorruptStateException.finite("a gain", in.readFloat());
        }
        return new RankerHead(policy, alpha, lambda, mu, tau, gains);
    }
}
