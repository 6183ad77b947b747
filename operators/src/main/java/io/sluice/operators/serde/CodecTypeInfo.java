package io.sluice.operators.serde;

import io.sluice.state.codec.StateCodec;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Tells Flink to serialize a type by its {@link StateCodec} instead of guessing. Immutable.
 *
 * <p>Such a type is opaque: it is never a key, and its fields can't be named in expressions.
 *
 * @param <T> the type
 * @see SluiceTypes
 */
public final class CodecTypeInfo<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1;

    private final Class<T> type;
    private final Class<? extends StateCodec<T>> codecClass;
    private final boolean shared;

    /**
     * The information of one type.
     *
     * @param type the type itself
     * @param codecClass class of the codec, with a public constructor without arguments
     * @param shared whether values are immutable, so that a copy may be the value itself
     */
    public CodecTypeInfo(Class<T> type, Class<? extends StateCodec<T>> codecClass, boolean shared) {
        this.type = type;
        this.codecClass = codecClass;
        this.shared = shared;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    /** The serializer, whatever the configuration says. */
    public TypeSerializer<T> createSerializer() {
        return new CodecSerializer<>(codecClass, shared);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return createSerializer();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CodecTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecTypeInfo<?> that
                && type == that.type
                && codecClass == that.codecClass
                && shared == that.shared;
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, codecClass, shared);
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " by " + codecClass.getSimpleName();
    }
}
