package io.sluice.jobs.serve;

import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.Reason;

/**
 * Replies to what cannot be answered. Every one is a JSON object with an {@code error} that says
 * what was found and what was expected; none tells anything about the inside of the server.
 */
final class Errors {

    private Errors() {}

    /** A reply with a message of one sentence. */
    static Reply of(int status, String message) {
        return Reply.json(
                status,
                JsonText.object(
                        json -> {
                            json.writeObjectFieldStart("error");
                            json.writeStringField("message", message);
                            json.writeEndObject();
                        }));
    }

    /** A body that cannot be used: field, value found, what was expected. */
    static Reply badInput(BadInputException fault) {
        boolean body = fault.reason() == Reason.TOO_LARGE && fault.field().equals("value");
        return Reply.json(body ? 413 : 400, RerankJson.write(fault));
    }

    static Reply notFound(String path, Iterable<String> paths) {
        return of(
                404,
                "no such path, found " + path + ", expected one of " + String.join(", ", paths));
    }

    static Reply wrongMethod(String found, String expected) {
        return of(405, "found method " + found + ", expected " + expected).with("Allow", expected);
    }

    static Reply wrongMediaType(String header, String found, String expected) {
        return of(415, header + ": found " + found + ", expected " + expected);
    }

    static Reply tooLarge(long limit) {
        return of(413, "the body is larger than " + limit + " bytes (serve.maxBodyBytes)");
    }

    static Reply busy(int limit) {
        return of(429, "more than " + limit + " requests at once (serve.maxConcurrent); try again")
                .with("Retry-After", "1");
    }

    static Reply timeout() {
        return of(408, "the body did not arrive in time");
    }

    static Reply internal() {
        return of(500, "the server failed; its log says why");
    }
}
