package io.sluice.jobs.connect;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where the request of a reply stands, as headers of the reply.
 *
 * @param partition of the request
 * @param offset of the request
 */
record ReplyPlace(int partition, long offset) {

    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";

    void write(Headers headers) {
        headers.add(PARTITION, bytes(partition));
        headers.add(OFFSET, bytes(offset));
    }

    /** The place; null where there is none, as in a record that somebody else wrote. */
    static ReplyPlace read(Headers headers) {
        Header partition = headers.lastHeader(PARTITION);
        Header offset = headers.lastHeader(OFFSET);
        if (partition == null || offset == null) {
            return null;
        }
        try {
            return new ReplyPlace(Integer.parseInt(text(partition)), Long.parseLong(text(offset)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
