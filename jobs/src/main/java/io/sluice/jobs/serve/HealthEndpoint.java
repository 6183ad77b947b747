package io.sluice.jobs.serve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /health}: the process is alive. It says nothing about Kafka or the model. */
final class HealthEndpoint implements Endpoint {

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
        byte[] up = JsonText.object(json -> json.writeStringField("status", "UP"));
        return CompletableFuture.completedFuture(Reply.json(200, up));
    }
}
