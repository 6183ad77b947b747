package io.sluice.state.store;

import io.sluice.state.model.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A fingerprint of a view: equal exactly when two views serve from the same bytes. */
final class ViewDigest {

    private ViewDigest() {}

    static String of(StoredView stored, ServedRows rows) throws IOException {
        MessageDigest digest = sha256();
        add(digest, stored.manifest());
        add(digest, stored.schema());
        add(digest, stored.head());
        rows.scan(
                (key, payload) -> {
                    digest.update(number(key));
                    digest.update(payload);
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Page page) {
        if (page != null) {
            digest.update(number(page.version().epoch()));
            digest.update(number(page.version().sequence()));
            digest.update(page.payload());
        }
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
