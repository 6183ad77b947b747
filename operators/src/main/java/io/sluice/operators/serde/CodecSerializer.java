package io.sluice.operators.serde;

import io.sluice.state.codec.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's serializer over a {@link StateCodec}: the bytes are the codec's, nothing is added.
 *
 * <p>It reads the one version that it was made for: the newest for a serializer of this build, an
 * older one for a serializer restored from a snapshot. It writes the newest version only.
 *
 * <p>Values without arrays or vectors are shared instead of copied. The others are copied through
 * their bytes, since Flink hands one value to several operators unless object reuse is on.
 *
 * <p>Stateless but for the codec, which is stateless itself; thread-safe.
 *
 * @param <T> what is serialized
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {

    private static final long serialVersionUID = 1;

    private final Class<? extends StateCodec<T>> codecClass;
    private final boolean shared;
    private final int version;
    private final transient StateCodec<T> codec;

    /**
     * A serializer of the newest version.
     *
     * @param codecClass class of the codec, with a public constructor without arguments
     * @param shared whether values are immutable, so that a copy may be the value itself
     */
    public CodecSerializer(Class<? extends StateCodec<T>> codecClass, boolean shared) {
        this(codecClass, shared, CodecSerializerSnapshot.instance(codecClass).version());
    }

    /** A serializer that reads an older version. */
    CodecSerializer(Class<? extends StateCodec<T>> codecClass, boolean shared, int version) {
        this.codecClass = codecClass;
        this.shared = shared;
        this.version = version;
        this.codec = CodecSerializerSnapshot.instance(codecClass);
    }

    /** Java's serialization carries the class; the codec is made anew. */
    private Object readResolve() {
        return new CodecSerializer<>(codecClass, shared, version);
    }

    @Override
    public boolean isImmutableType() {
        return shared;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    /** Null: there is no such thing as an empty event. */
    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        if (shared || from == null) {
            return from;
        }
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(256);
            codec.write(from, bytes);
            return codec.read(
                    codec.version(),
                    new DataInputDeserializer(bytes.getSharedBuffer(), 0, bytes.length()));
        } catch (IOException e) {
            throw new UncheckedIOException("a " + codec.name() + " could not be copied", e);
        }
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    /** Values have no fixed length. */
    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        Objects.requireNonNull(value, codec.name()); // a codec of a sealed type would write nothing
        if (version != codec.version()) {
            throw new IOException(
                    "%s was restored to read version %d, version %d is written: migrate first"
                            .formatted(codec.name(), version, codec.version()));
        }
        codec.write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return codec.read(version, source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new CodecSerializerSnapshot<>(codecClass, shared, version);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecSerializer<?> that
                && codecClass == that.codecClass
                && shared == that.shared
                && version == that.version;
    }

    @Override
    public int hashCode() {
        return Objects.hash(codecClass, shared, version);
    }

    /** Flink shows this when it refuses a state: format name and version. */
    @Override
    public String toString() {
        return codec.name() + " version " + version;
    }
}
