package io.sluice.state.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes and reads one type. Stateless and thread-safe.
 *
 * @param <T> the type
 */
public interface StateCodec<T> {

    /** Unique name of the format; never reused for another one. */
    String name();

    /** The version that {@link #write} writes, from 1; {@link #read} reads all up to it. */
    int version();

    /** Writes a value in the newest version. */
    void write(T value, DataOutput out) throws IOException;

    /** Reads a value that was written in the given version. */
    T read(int version, DataInput in) throws IOException;
}
