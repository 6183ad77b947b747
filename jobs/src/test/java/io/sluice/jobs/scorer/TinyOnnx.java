package io.sluice.jobs.scorer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of an ONNX model of one matrix product, {@code scores = rows · weights}, written field
 * by field as onnx.proto has them (ModelProto of IR 8, operators of set 13).
 */
final class TinyOnnx {

    private static final int FLOAT = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private TinyOnnx() {}

    static byte[] linear(float... weights) {
        TinyOnnx node =
                new TinyOnnx()
                        .text(1, "rows")
                        .text(1, "weights")
                        .text(2, "scores")
                        .text(4, "MatMul");
        ByteBuffer values =
                ByteBuffer.allocate(Float.BYTES * weights.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float weight : weights) {
            values.putFloat(weight);
        }
        TinyOnnx tensor =
                new TinyOnnx()
                        .number(1, weights.length)
                        .number(1, 1)
                        .number(2, FLOAT)
                        .text(8, "weights")
                        .bytes(9, values.array());
        TinyOnnx graph =
                new TinyOnnx()
                        .message(1, node)
                        .text(2, "tiny")
                        .message(5, tensor)
                        .message(11, value("rows", weights.length))
                        .message(12, value("scores", 1));
        TinyOnnx operators = new TinyOnnx().text(1, "").number(2, 13);
        return new TinyOnnx()
                .number(1, 8)
                .message(7, graph)
                .message(8, operators)
                .bytes
                .toByteArray();
    }

    /** A matrix of floats with as many rows as one likes. */
    private static TinyOnnx value(String name, int columns) {
        TinyOnnx shape =
                new TinyOnnx()
                        .message(1, new TinyOnnx().text(2, "n"))
                        .message(1, new TinyOnnx().number(1, columns));
        TinyOnnx type = new TinyOnnx().number(1, FLOAT).message(2, shape);
        return new TinyOnnx().text(1, name).message(2, new TinyOnnx().message(1, type));
    }

    private TinyOnnx number(int field, long value) {
        varint(field << 3);
        varint(value);
        return this;
    }

    private TinyOnnx text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private TinyOnnx message(int field, TinyOnnx value) {
        return bytes(field, value.bytes.toByteArray());
    }

    private TinyOnnx bytes(int field, byte[] value) {
        varint(field << 3 | 2);
        varint(value.length);
        bytes.writeBytes(Arrays.copyOf(value, value.length));
        return this;
    }

    private void varint(long value) {
        long left = value;
        while (left >= 128) {
            bytes.write((int) ((left & 127) | 128));
            left >>>= 7;
        }
        bytes.write((int) left);
    }
}
