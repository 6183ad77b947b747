package io.sluice.state.store.rocksdb;

import io.sluice.state.codec.PageCodec;
import io.sluice.state.model.PageKind;
import io.sluice.state.store.StreamPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What stands in the database besides pages.
 *
 * <pre>
 *   "format"    int    version of this layout
 *   "position"  long   next offset, then the identity of the stream in UTF-8
 *   "whole"     byte   1 when the rows are those of the manifest, otherwise 0
 * </pre>
 *
 * <p>Pages stand under the keys and values that {@link PageCodec} writes, checksum included. Their
 * keys start with a byte below 0x20, so none of them is equal to a text.
 */
final class StoredFields {

    static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);
    static final byte[] POSITION = "position".getBytes(StandardCharsets.US_ASCII);
    static final byte[] WHOLE = "whole".getBytes(StandardCharsets.US_ASCII);

    static final byte[] FORMAT_VERSION = {0, 0, 0, 1};
    static final byte[] YES = {1};
    static final byte[] NO = {0};

    /** Every row key starts with it, and nothing else does. */
    private static final byte ROW_PREFIX = (byte) PageKind.ROW.code();

    private static final byte BLOCK_PREFIX = (byte) PageKind.MEMORY.code();

    /** The first possible key of a block of memory. */
    static final byte[] BLOCKS_FROM = {BLOCK_PREFIX};

    /** Behind the last possible key of a block. */
    static final byte[] BLOCKS_TO = {(byte) (BLOCK_PREFIX + 1)};

    /** The first possible row key. */
    static final byte[] ROWS_FROM = {ROW_PREFIX};

    /** Behind the last possible row key. */
    static final byte[] ROWS_TO = {(byte) (ROW_PREFIX + 1)};

    private StoredFields() {}

    static byte[] position(StreamPosition position) {
        byte[] stream = position.stream().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + stream.length)
                .putLong(position.next())
                .put(stream)
                .array();
    }

    static StreamPosition readPosition(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long next = in.getLong();
        return new StreamPosition(
                new String(bytes, Long.BYTES, in.remaining(), StandardCharsets.UTF_8), next);
    }

    static boolean isRow(byte[] key) {
        return key.length == 1 + Long.BYTES && key[0] == ROW_PREFIX;
    }

    static boolean isBlock(byte[] key) {
        return key.length == 1 + Long.BYTES && key[0] == BLOCK_PREFIX;
    }

    static long rowKey(byte[] key) {
        return ByteBuffer.wrap(key, 1, Long.BYTES).getLong();
    }
}
