package io.sluice.state.codec;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.feature.stream.EntityPage;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Pages of the features topic as bytes.
 *
 * <p>Key: byte scope, long entity. Value: long schema fingerprint, then the record's words, framed
 * with magic, version and checksum; null for a tombstone. All big-endian. From version 2 on the
 * checksum covers the key: a record under somebody else's key is refused. Version 1, which is still
 * read, could not tell.
 */
public final class EntityPageCodec {

    private static final Framing FRAMING = new Framing("entity page", 0x534c4531, 2);
    private static final int KEYED_FROM = 2;
    private static final int KEY_BYTES = 1 + Long.BYTES;

    private EntityPageCodec() {}

    /** The record's key. */
    public static byte[] key(EntityPage page) {
        return ByteBuffer.allocate(KEY_BYTES).put((byte) page.scope()).putLong(page.key()).array();
    }

    /**
     * What a key says.
     *
     * @param scope index of the scope
     * @param key of the entity
     */
    public record Name(int scope, long key) {}

    /** Reads a key that {@link #key} wrote. */
    public static Name name(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key);
        return new Name(in.get() & 0xff, in.getLong());
    }

    /** The record's value; null for a tombstone. */
    public static byte[] value(EntityPage page) {
        if (page.isTombstone()) {
            return null;
        }
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES * (1 + page.record().length));
        out.putLong(page.schema());
        for (long word : page.record()) {
            out.putLong(word);
        }
        return FRAMING.wrap(key(page), out.array());
    }

    /**
     * Reads a page.
     *
     * @throws CorruptStateException when the bytes are none
     */
    public static EntityPage decode(byte[] key, byte[] value) throws IOException {
        if (key == null || key.length != KEY_BYTES) {
            throw new CorruptStateException(
                    "entity page: found a key of %d bytes, expected %d"
                            .formatted(key == null ? 0 : key.length, KEY_BYTES));
        }
        Name name = name(key);
        if (value == null) {
            return new EntityPage(0, name.scope(), name.key(), null);
        }
        byte[] body = FRAMING.unwrap(key, KEYED_FROM, value).bytes();
        if (body.length < 2 * Long.BYTES || body.length % Long.BYTES != 0) {
            throw new CorruptStateException(
                    "entity page: found %d bytes, expected whole words, at least 2"
                            .formatted(body.length));
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        long schema = in.getLong();
        long[] record = new long[body.length / Long.BYTES - 1];
        for (int i = 0; i < record.length; i++) {
            record[i] = in.getLong();
        }
        return new EntityPage(schema, name.scope(), name.key(), record);
    }
}
