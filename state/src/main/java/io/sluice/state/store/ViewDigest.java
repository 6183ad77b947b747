package io.sluice.state.store;

import io.sluice.state.model.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A fingerprint of a view: equal exactly when two views serve from the same bytes. */
final class ViewDigest {

    private final MessageDigest digest = sha256();

    static String of(StoredView stored, ServedRows rows) throws IOException {
        ViewDigest digest = new ViewDigest();
        digest.add(stored.manifest());
        digest.add(stored.schema());
        digest.add(stored.head());
        digest.add(stored.ranker());
        digest.add(stored.tower());
        digest.add(stored.memory());
        ServedRows.Visitor all =
                (key, payload) -> {
                    digest.add(number(key));
                    digest.add(payload);
                };
        rows.scan(all);
        rows.scanBlocks(all);
        return digest.hex();
    }

    private void add(Page page) {
        if (page != null) {
            add(number(page.version().epoch()));
            add(number(page.version().sequence()));
            add(page.payload());
        }
    }

    void add(byte[] bytes) {
        digest.update(bytes);
    }

    /** The fingerprint of all that was added; ends the digest. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
