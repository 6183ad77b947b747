package io.sluice.jobs.serve;

import java.util.Map;

/**
 * What goes back to a client.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body the body
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

    static final String JSON = "application/json";

    /** A JSON reply. */
    static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, body, Map.of());
    }

    /** The same reply with one more header. */
    Reply with(String header, String value) {
        return new Reply(status, contentType, body, Map.of(header, value));
    }
}
