package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The envelope around every stored piece of state.
 *
 * <pre>
 *   offset 0   int    magic, tells what kind of piece it is
 *          4   int    format version, from 1
 *          8   int    length n of the body in bytes
 *         12   int    CRC-32C of everything before it and of the body; of the key first, where the
 *                     body belongs to one
 *         16   n      body
 * </pre>
 */
public final class Framing {

    private static final int HEADER = 16;
    private static final byte[] NO_KEY = {};

    private final String what;
    private final int magic;
    private final int newest;

    /**
     * An envelope for one kind of piece.
     *
     * @param what its name in messages
     * @param magic its mark in the bytes
     * @param newest the format version written; all from 1 to it are read
     */
    public Framing(String what, int magic, int newest) {
        this.what = what;
        this.magic = magic;
        this.newest = newest;
    }

    /** Wraps a body in the newest version. */
    public byte[] wrap(byte[] body) {
        return wrap(NO_KEY, body);
    }

    /** Wraps a body that belongs to a key kept elsewhere: the checksum covers both. */
    byte[] wrap(byte[] key, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + body.length);
        out.putInt(magic).putInt(newest).putInt(body.length);
        out.putInt(checksum(key, out.array(), body, 0, body.length)).put(body);
        return out.array();
    }

    /** Checks an envelope and takes the body out. */
    public Body unwrap(byte[] bytes) throws CorruptStateException {
        return unwrap(NO_KEY, 1, bytes);
    }

    /**
     * Checks an envelope whose body belongs to a key.
     *
     * @param keyedFrom the first version whose checksum covers the key
     */
    Body unwrap(byte[] key, int keyedFrom, byte[] bytes) throws CorruptStateException {
        if (bytes.length < HEADER) {
            throw fault("found %d bytes, expected at least %d", bytes.length, HEADER);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int foundMagic = in.getInt();
        if (foundMagic != magic) {
            throw fault("found magic %08x, expected %08x", foundMagic, magic);
        }
        int version = in.getInt();
        if (version < 1 || version > newest) {
            throw fault("format version %d found, this build reads 1 to %d", version, newest);
        }
        int length = in.getInt();
        int foundChecksum = in.getInt();
        if (length != bytes.length - HEADER) {
            throw fault("found %d bytes of body, expected %d", bytes.length - HEADER, length);
        }
        int expected = checksum(version < keyedFrom ? NO_KEY : key, bytes, bytes, HEADER, length);
        if (foundChecksum != expected) {
            throw fault("checksum %08x found, expected %08x", foundChecksum, expected);
        }
        byte[] body = new byte[length];
        in.get(body);
        return new Body(version, body);
    }

    private static int checksum(byte[] key, byte[] header, byte[] body, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(header, 0, HEADER - Integer.BYTES);
        crc.update(body, from, length);
        return (int) crc.getValue();
    }

    private CorruptStateException fault(String format, Object... arguments) {
        return new CorruptStateException(what + ": " + format.formatted(arguments));
    }

    /**
     * What an envelope held.
     *
     * @param version the format version of the body
     * @param bytes the body
     */
    @SuppressWarnings("ArrayRecordComponent") // carried through, never compared
    public record Body(int version, byte[] bytes) {}
}
