package io.sluice.jobs.serve;

import java.util.List;
import java.util.Map;
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

    /**
     * Answers a request with parameters in its URL; most take none.
     *
     * @param parameters each with its values
     */
    default CompletionStage<Reply> ask(Map<String, List<String>> parameters) {
        return answer(new byte[0], 0);
    }
}
