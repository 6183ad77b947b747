package io.sluice.jobs.serve;

import java.util.concurrent.CompletionStage;

/** One path of the API. Thread-safe. */
interface Endpoint {

    /** The one method it answers, GET or POST. */
    String method();

    /**
     * Answers a request.
     *
     * @param body the body; empty for GET
     * @param arrivedNanos {@link System#nanoTime} when the request arrived
     */
    CompletionStage<Reply> answer(byte[] body, long arrivedNanos);
}
