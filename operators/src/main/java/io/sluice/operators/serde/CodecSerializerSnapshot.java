package io.sluice.operators.serde;

import io.sluice.state.codec.StateCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint remembers of a {@link CodecSerializer}: class, name and version of the codec.
 *
 * <p>The codec is found again by its class name, so a codec's class must keep its name; the format
 * name guards against a class that has come to mean another format. An older version is read and
 * migrated, a newer one or another format is refused.
 *
 * @param <T> what is serialized
 */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int LAYOUT = 1;

    private Class<? extends StateCodec<T>> codecClass;
    private boolean shared;
    private int version;

    /** For Flink, which fills it by {@link #readSnapshot}. */
    public CodecSerializerSnapshot() {}

    CodecSerializerSnapshot(
            Class<? extends StateCodec<T>> codecClass, boolean shared, int version) {
        this.codecClass = codecClass;
        this.shared = shared;
        this.version = version;
    }

    @Override
    public int getCurrentVersion() {
        return LAYOUT;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(codecClass.getName());
        out.writeUTF(instance(codecClass).name());
        out.writeInt(version);
        out.writeBoolean(shared);
    }

    @Override
    public void readSnapshot(int layout, DataInputView in, ClassLoader classes) throws IOException {
        if (layout != LAYOUT) {
            throw new IOException(
                    "serializer snapshot: layout %d found, this build reads %d"
                            .formatted(layout, LAYOUT));
        }
        codecClass = find(in.readUTF(), classes);
        String name = in.readUTF();
        version = in.readInt();
        shared = in.readBoolean();
        StateCodec<T> codec = instance(codecClass);
        if (!codec.name().equals(name)) {
            throw new IOException(
                    "serializer snapshot: format '%s' found, %s reads '%s'"
                            .formatted(name, codecClass.getName(), codec.name()));
        }
        if (version < 1 || version > codec.version()) {
            throw new IOException(
                    ("%s: version %d found, this build reads 1 to %d; a higher one was written by"
                                    + " a newer release")
                            .formatted(name, version, codec.version()));
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new CodecSerializer<>(codecClass, shared, version);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        if (!(old instanceof CodecSerializerSnapshot<T> that)
                || !instance(codecClass).name().equals(instance(that.codecClass).name())
                || that.version > version) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return that.version == version
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }

    static <T> StateCodec<T> instance(Class<? extends StateCodec<T>> codecClass) {
        try {
            return codecClass.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    codecClass.getName() + " needs a public constructor without arguments", e);
        }
    }

    @SuppressWarnings("unchecked") // what T is, only the checkpoint knows; the name guards it
    private static <T> Class<? extends StateCodec<T>> find(String name, ClassLoader classes)
            throws IOException {
        try {
            return (Class<? extends StateCodec<T>>)
                    Class.forName(name, true, classes).asSubclass(StateCodec.class);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IOException(
                    "serializer snapshot: codec %s found, this build has none of that name"
                            .formatted(name),
                    e);
        }
    }
}
