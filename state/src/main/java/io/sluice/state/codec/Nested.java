package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A value of another codec inside a format: that codec's version in a byte, then the value. */
final class Nested {

    private Nested() {}

    static <T> void write(StateCodec<T> codec, T value, DataOutput out) throws IOException {
        out.writeByte(codec.version());
        codec.write(value, out);
    }

    static <T> T read(StateCodec<T> codec, DataInput in) throws IOException {
        int version = in.readByte();
        if (version < 1 || version > codec.version()) {
            throw new CorruptStateException(
                    "%s: version %d found, this build reads 1 to %d"
                            .formatted(codec.name(), version, codec.version()));
        }
        return codec.read(version, in);
    }
}
