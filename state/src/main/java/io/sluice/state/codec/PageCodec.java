package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A page as key and value of a compacted topic.
 *
 * <pre>
 *   key     byte kind, long id
 *   value   byte magic 0x53, byte format version, int epoch, long sequence, payload,
 *           int CRC-32C of the key and of all of the value before it
 * </pre>
 *
 * <p>Since version 2 manifests have a lineage. Pages of version 1 come out with the content of the
 * newest version, see {@link PagePayloads#renew}.
 *
 * <p>The checksum covers the key as well, so that a value cannot turn up under another page's key.
 * A tombstone has a null value and therefore no version; it stands behind what it removes.
 */
public final class PageCodec {

    private static final byte MAGIC = 0x53;
    private static final byte NEWEST = 2;
    private static final int KEY = 1 + Long.BYTES;
    private static final int HEADER = 2 + Integer.BYTES + Long.BYTES;
    private static final int CHECKSUM = Integer.BYTES;

    private PageCodec() {}

    /** The record key of a page. */
    public static byte[] key(PageKind kind, long id) {
        return ByteBuffer.allocate(KEY).put((byte) kind.code()).putLong(id).array();
    }

    /** The record value of a page; null for a tombstone. */
    public static byte[] value(Page page) {
        if (page.isTombstone()) {
            return null;
        }
        byte[] payload = page.payload();
        ByteBuffer out = ByteBuffer.allocate(HEADER + payload.length + CHECKSUM);
        out.put(MAGIC).put(NEWEST).putInt(page.version().epoch());
        out.putLong(page.version().sequence()).put(payload);
        return out.putInt(checksum(key(page.kind(), page.id()), out.array())).array();
    }

    /** Reads a page; a null value is a tombstone of version 0.0. */
    public static Page decode(byte[] key, byte[] value) throws CorruptStateException {
        if (key == null || key.length != KEY) {
            throw fault("key of %d bytes found, expected %d", key == null ? 0 : key.length, KEY);
        }
        ByteBuffer keyIn = ByteBuffer.wrap(key);
        int code = keyIn.get();
        PageKind kind = PageKind.ofCode(code);
        if (kind == null) {
            throw fault("kind %d found; it was written by a newer release", code);
        }
        long id = keyIn.getLong();
        if (value == null) {
            return new Page(kind, id, new PageVersion(0, 0), null);
        }
        return decodeValue(kind, id, key, value);
    }

    private static Page decodeValue(PageKind kind, long id, byte[] key, byte[] value)
            throws CorruptStateException {
        if (value.length < HEADER + CHECKSUM) {
            throw fault("%d bytes found, expected at least %d", value.length, HEADER + CHECKSUM);
        }
        ByteBuffer in = ByteBuffer.wrap(value);
        byte magic = in.get();
        byte version = in.get();
        if (magic != MAGIC) {
            throw fault("magic %02x found, expected %02x", magic, MAGIC);
        }
        if (version < 1 || version > NEWEST) {
            throw fault("format version %d found, this build reads 1 to %d", version, NEWEST);
        }
        PageVersion pageVersion = new PageVersion(in.getInt(), in.getLong());
        byte[] payload = new byte[value.length - HEADER - CHECKSUM];
        in.get(payload);
        int found = in.getInt();
        int expected = checksum(key, value);
        if (found != expected) {
            throw fault("checksum %08x found, expected %08x", found, expected);
        }
        return new Page(kind, id, pageVersion, PagePayloads.renew(kind, version, payload));
    }

    private static int checksum(byte[] key, byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(key, 0, key.length);
        crc.update(value, 0, value.length - CHECKSUM);
        return (int) crc.getValue();
    }

    private static CorruptStateException fault(String format, Object... arguments) {
        return new CorruptStateException("model page: " + format.formatted(arguments));
    }
}
