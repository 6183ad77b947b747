package io.sluice.state.tower;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Floats as bytes, refused where they are no numbers. */
final class TowerBytes {

    private TowerBytes() {}

    static void write(float[] values, int from, int count, DataOutput out) throws IOException {
        for (int i = from; i < from + count; i++) {
            out.writeFloat(values[i]);
        }
    }

    static void read(float[] values, int from, int count, DataInput in) throws IOException {
        for (int i = from; i < from + count; i++) {
            values[i] = CorruptStateException.finite("a weight of the tower", in.readFloat());
        }
    }
}
