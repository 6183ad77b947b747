package io.sluice.jobs.serve;

import java.util.Map;

/**
 * What goes back to a client.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body the body
 * @param headers further headers
 * @param after what is done once it is on its way: the client need not wait for it, closing does
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
record Reply(
        int status, String contentType, byte[] body, Map<String, String> headers, Runnable after) {

    static final String JSON = "application/json";

    /** A reply with nothing behind it. */
    Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, () -> {});
    }

    /** A JSON reply. */
    static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, body, Map.of());
    }

    /** The same reply with one more header. */
    Reply with(String header, String value) {
        return new Reply(status, contentType, body, Map.of(header, value), after);
    }

    /** The same reply, with something to be done once it is on its way. */
    Reply then(Runnable work) {
        return new Reply(status, contentType, body, headers, work);
    }
}
