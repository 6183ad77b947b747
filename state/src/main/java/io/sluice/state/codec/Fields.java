package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The parts that codecs are put together from. Lengths are ints; -1 stands for null. */
final class Fields {

    private Fields() {}

    static void writeText(String text, DataOutput out) throws IOException {
        writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    static byte[] readBytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static int readCount(String what, DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new CorruptStateException(
                    "%s: found %d entries, expected 0 or more".formatted(what, count));
        }
        return count;
    }

    static void writeAttributes(Attributes attributes, DataOutput out) throws IOException {
        out.writeInt(attributes.size());
        for (int i = 0; i < attributes.size(); i++) {
            writeText(attributes.name(i), out);
            writeText(attributes.text(i), out);
            if (attributes.isNumber(i)) {
                out.writeDouble(attributes.number(i));
            }
        }
    }

    static Attributes readAttributes(DataInput in) throws IOException {
        int count = readCount("attributes", in);
        Attributes.Builder builder = Attributes.builder();
        for (int i = 0; i < count; i++) {
            String name = readText(in);
            String text = readText(in);
            if (text == null) {
                builder.put(name, in.readDouble());
            } else {
                builder.put(name, text);
            }
        }
        return count == 0 ? Attributes.EMPTY : builder.build();
    }

    static void writeVector(FeatureVector vector, DataOutput out) throws IOException {
        out.writeInt(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            out.writeLong(vector.key(i));
            out.writeFloat(vector.value(i));
            out.writeByte(vector.field(i));
        }
    }

    /** Vectors written before fields were known have field 0 everywhere. */
    static FeatureVector readVector(boolean withFields, DataInput in) throws IOException {
        int count = readCount("feature vector", in);
        FeatureVector vector = new FeatureVector(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            long key = in.readLong();
            float value = in.readFloat();
            vector.add(key, value, withFields ? in.readUnsignedByte() : 0);
        }
        return vector;
    }
}
