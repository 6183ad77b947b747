package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.ShownMemory;
import io.sluice.state.feature.FeatureVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /**
     * The base, a byte with the number of corrections, the corrections; the base alone if absent.
     */
    static void writeMemory(ShownMemory memory, DataOutput out) throws IOException {
        out.writeDouble(memory.base());
        if (!memory.isAbsent()) {
            out.writeByte(memory.corrections().size());
            for (float correction : memory.corrections()) {
                out.writeFloat(correction);
            }
        }
    }

    static ShownMemory readMemory(DataInput in) throws IOException {
        double base = in.readDouble();
        if (Double.isNaN(base)) {
            return ShownMemory.NONE;
        }
        int count = in.readUnsignedByte();
        List<Float> corrections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            corrections.add(in.readFloat());
        }
        try {
            return new ShownMemory(base, corrections);
        } catch (IllegalArgumentException e) {
            throw new CorruptStateException("memory of an item: " + e.getMessage());
        }
    }

    static void writeVector(FeatureVector vector, DataOutput out) throws IOException {
        out.writeInt(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            out.writeLong(vector.key(i));
            out.writeFloat(vector.value(i));
            out.writeByte(vector.field(i));
        }
        out.writeInt(vector.numbers());
        for (int i = 0; i < vector.numbers(); i++) {
            out.writeInt(vector.numberAt(i));
            out.writeInt(vector.numberIndex(i));
            out.writeFloat(vector.number(i));
        }
    }

    /**
     * Reads a vector.
     *
     * @param whole whether rows have fields and raw numbers are behind them; without, all fields
     *     are 0
     */
    static FeatureVector readVector(boolean whole, DataInput in) throws IOException {
        int count = readCount("feature vector", in);
        long[] keys = new long[Math.min(count, 1024)];
        float[] values = new float[keys.length];
        byte[] fields = new byte[keys.length];
        for (int i = 0; i < count; i++) {
            if (i == keys.length) {
                keys = Arrays.copyOf(keys, 2 * i);
                values = Arrays.copyOf(values, 2 * i);
                fields = Arrays.copyOf(fields, 2 * i);
            }
            keys[i] = in.readLong();
            values[i] = in.readFloat();
            fields[i] = whole ? in.readByte() : 0;
        }
        Rows rows = new Rows(keys, values, fields);
        FeatureVector vector = new FeatureVector(count);
        int numbers = whole ? readCount("numbers of a feature vector", in) : 0;
        for (int i = 0; i < numbers; i++) {
            int rowsBefore = in.readInt();
            if (rowsBefore < vector.size() || rowsBefore > count) {
                throw new CorruptStateException(
                        "feature vector: found a number behind %d rows, expected %d to %d"
                                .formatted(rowsBefore, vector.size(), count));
            }
            rows.addUpTo(rowsBefore, vector);
            vector.addNumber(readCount("place of a number", in), in.readFloat());
        }
        rows.addUpTo(count, vector);
        return vector;
    }

    /** Rows that wait until it is known where numbers stand between them. */
    @SuppressWarnings("ArrayRecordComponent") // carried through, never compared
    private record Rows(long[] keys, float[] values, byte[] fields) {

        void addUpTo(int end, FeatureVector vector) {
            for (int i = vector.size(); i < end; i++) {
                vector.add(keys[i], values[i], fields[i]);
            }
        }
    }
}
