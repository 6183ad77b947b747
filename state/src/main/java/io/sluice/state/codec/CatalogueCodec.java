package io.sluice.state.codec;

import io.sluice.state.event.CatalogueEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Catalogue entries as a server keeps them.
 *
 * <p>Key: the id in UTF-8, as on the topic. Value, version 1: long timestamp, attributes; framed
 * with magic, version and checksum.
 */
public final class CatalogueCodec {

    private static final Framing FRAMING = new Framing("catalogue entry", 0x534c4331, 1);

    private CatalogueCodec() {}

    /** The key of an id. */
    public static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /** The id of a key. */
    public static String id(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** The value of an entry. */
    public static byte[] value(CatalogueEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeLong(entry.timestamp());
            Fields.writeAttributes(entry.features(), out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return FRAMING.wrap(bytes.toByteArray());
    }

    /**
     * Reads an entry.
     *
     * @throws io.sluice.state.check.CorruptStateException when the bytes are none
     */
    public static CatalogueEntry decode(byte[] key, byte[] value) throws IOException {
        byte[] body = FRAMING.unwrap(value).bytes();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        return new CatalogueEntry(id(key), in.readLong(), Fields.readAttributes(in));
    }
}
