package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.NumberScaling;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.NumberCurves;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.tower.SparseTower;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What stands in a page of each kind. Floats are big-endian float32. */
public final class PagePayloads {

    /** Bytes of a head without numbers: the bias, none of a scale, none of curves. */
    private static final int LEAST_HEAD = Float.BYTES + 2 * Integer.BYTES;

    /** Says that a tower page belongs to a head. */
    private static final int HAS_TOWER = 1;

    private PagePayloads() {}

    /** A row's served part: {@code values[from .. from + width]}, w first. */
    public static byte[] row(float[] values, int from, int width) {
        ByteBuffer out = ByteBuffer.allocate((width + 1) * Float.BYTES);
        for (int i = 0; i <= width; i++) {
            out.putFloat(values[from + i]);
        }
        return out.array();
    }

    /** Whether a payload can be a row of a model of so many dimensions. */
    public static boolean isRow(byte[] payload, int dimensions) {
        return payload.length % Float.BYTES == 0
                && payload.length >= Float.BYTES
                && payload.length <= (dimensions + 1) * Float.BYTES;
    }

    /** Reads a row into {@code values[from ..]}; dimensions that it has not are 0. */
    public static void readRow(byte[] payload, float[] values, int from, int dimensions)
            throws CorruptStateException {
        if (!isRow(payload, dimensions)) {
            throw new CorruptStateException(
                    "row page: found %d bytes, expected 4 to %d in steps of 4 for %d dimensions"
                            .formatted(payload.length, (dimensions + 1) * Float.BYTES, dimensions));
        }
        ByteBuffer in = ByteBuffer.wrap(payload);
        int floats = payload.length / Float.BYTES;
        for (int i = 0; i < floats; i++) {
            values[from + i] = CorruptStateException.finite("a weight", in.getFloat());
        }
        Arrays.fill(values, from + floats, from + dimensions + 1, 0);
    }

    /**
     * The head: the bias, then scale and curves of the numbers, and a byte 1 behind them where a
     * tower page belongs to it.
     */
    public static byte[] head(
            float bias, NumberScaling scaling, NumberCurves curves, boolean hasTower) {
        return toBytes(
                out -> {
                    out.writeFloat(bias);
                    scaling.write(out);
                    curves.writeServed(out);
                    if (hasTower) {
                        out.writeByte(HAS_TOWER);
                    }
                });
    }

    /**
     * Reads the head.
     *
     * @param scaling takes the scale; of the schema that the head belongs to
     * @param curves takes the curves; over that scale
     */
    public static ServedHead readHead(byte[] payload, NumberScaling scaling, NumberCurves curves)
            throws CorruptStateException {
        return fromBytes(
                "head page",
                payload,
                in -> {
                    float bias = CorruptStateException.finite("the bias", in.readFloat());
                    scaling.read(in);
                    curves.readServed(in);
                    return new ServedHead(bias, in.available() > 0 && readTowerMark(in));
                });
    }

    private static boolean readTowerMark(DataInputStream in) throws IOException {
        int mark = in.readByte();
        if (mark != HAS_TOWER) {
            throw new CorruptStateException(
                    "head page: found %d behind the curves, expected %d for a tower or nothing"
                            .formatted(mark, HAS_TOWER));
        }
        return true;
    }

    /** The tower: what of it is served. */
    public static byte[] tower(SparseTower tower) {
        return toBytes(tower::writeServed);
    }

    /**
     * Reads the tower.
     *
     * @param inputs that it must have: fields of the schema times dimensions of the model
     */
    public static SparseTower readTower(byte[] payload, int inputs) throws CorruptStateException {
        return fromBytes("tower page", payload, in -> SparseTower.served(inputs, in));
    }

    /** Checks what can be checked of a head whose schema has not come yet. */
    public static void checkHead(byte[] payload) throws CorruptStateException {
        if (payload.length < LEAST_HEAD) {
            throw new CorruptStateException(
                    "head page: found %d bytes, expected %d or more"
                            .formatted(payload.length, LEAST_HEAD));
        }
        float unused =
                CorruptStateException.finite("the bias", ByteBuffer.wrap(payload).getFloat());
    }

    /** The memory's head: its settings, then what else a reading depends on. */
    public static byte[] memoryHead(MemoryConfig config, ErrorMemory memory) {
        return toBytes(
                out -> {
                    MemoryConfigCodec.write(config, out);
                    memory.writeServedHead(out);
                });
    }

    /** The settings of a memory, from its head. */
    public static MemoryConfig readMemoryConfig(byte[] payload) throws CorruptStateException {
        return read("memory head page", payload, MemoryConfigCodec::read);
    }

    /**
     * Reads the memory's head.
     *
     * @param memory takes all but the settings, which it has been made with
     */
    public static void readMemoryHead(byte[] payload, ErrorMemory memory)
            throws CorruptStateException {
        MemoryConfig unused =
                fromBytes(
                        "memory head page",
                        payload,
                        in -> {
                            MemoryConfig config = MemoryConfigCodec.read(in);
                            memory.readServedHead(in);
                            return config;
                        });
    }

    /** The ranker's head: policy, α, λ, μ, τ, number of dimensions, gains. */
    public static byte[] ranker(RankerHead head) {
        return toBytes(out -> RankerHeads.write(head, out));
    }

    /** Reads the ranker's head. */
    public static RankerHead readRanker(byte[] payload) throws CorruptStateException {
        return fromBytes("ranker page", payload, RankerHeads::read);
    }

    /** The feature schema. */
    public static byte[] schema(FeatureSchema schema) {
        return toBytes(out -> SchemaCodec.write(schema, out));
    }

    /** Reads the feature schema. */
    public static FeatureSchema readSchema(byte[] payload) throws CorruptStateException {
        return fromBytes("schema page", payload, SchemaCodec::read);
    }

    /** The manifest; its version travels in the page. */
    public static byte[] manifest(Manifest manifest) {
        return toBytes(
                out -> {
                    out.writeLong(manifest.eventTime());
                    out.writeLong(manifest.examples());
                    out.writeInt(manifest.dimensions());
                    out.writeLong(manifest.schemaFingerprint());
                    out.writeLong(manifest.publishedAt());
                    out.writeLong(manifest.rows());
                    out.writeLong(manifest.bytes());
                    out.writeUTF(manifest.digest());
                    out.writeInt(manifest.lineage());
                });
    }

    /** Reads the manifest of a page. */
    public static Manifest readManifest(Page page) throws CorruptStateException {
        PageVersion version = page.version();
        return fromBytes("manifest page", page.payload(), in -> readManifest(version, in));
    }

    private static Manifest readManifest(PageVersion version, DataInputStream in)
            throws IOException {
        long eventTime = in.readLong();
        long examples = in.readLong();
        int dimensions = in.readInt();
        long fingerprint = in.readLong();
        long publishedAt = in.readLong();
        long rows = in.readLong();
        long bytes = in.readLong();
        String digest = in.readUTF();
        return new Manifest(
                version,
                in.readInt(),
                eventTime,
                examples,
                dimensions,
                fingerprint,
                publishedAt,
                rows,
                bytes,
                digest);
    }

    /**
     * The content of a page as the newest version would have written it: version 1 knew no lineage,
     * which is 0, and no numbers.
     */
    static byte[] renew(PageKind kind, int version, byte[] payload) {
        if (version > 1) {
            return payload;
        }
        return switch (kind) {
            case MANIFEST -> Arrays.copyOf(payload, payload.length + Integer.BYTES);
            case HEAD ->
                    payload.length == Float.BYTES ? Arrays.copyOf(payload, LEAST_HEAD) : payload;
            default -> payload;
        };
    }

    private static byte[] toBytes(Writer writer) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(buffer));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return buffer.toByteArray();
    }

    private static <T> T fromBytes(String what, byte[] payload, Reader<T> reader)
            throws CorruptStateException {
        return read(
                what,
                payload,
                in -> {
                    T value = reader.read(in);
                    if (in.available() > 0) {
                        throw new CorruptStateException(
                                "%s: found %d bytes behind the end"
                                        .formatted(what, in.available()));
                    }
                    return value;
                });
    }

    /** Reads what stands first. */
    private static <T> T read(String what, byte[] payload, Reader<T> reader)
            throws CorruptStateException {
        try {
            return reader.read(new DataInputStream(new ByteArrayInputStream(payload)));
        } catch (CorruptStateException e) {
            throw e;
        } catch (IOException e) {
            throw new CorruptStateException(what + ": it ends too early");
        }
    }

    @FunctionalInterface
    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }
}
