package io.sluice.jobs.serve;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /metrics}: all figures in Prometheus' text format. */
final class MetricsEndpoint implements Endpoint {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final ServeMetrics metrics;

    MetricsEndpoint(ServeMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
        byte[] text = metrics.scrape().getBytes(StandardCharsets.UTF_8);
        return CompletableFuture.completedFuture(new Reply(200, FORMAT, text, Map.of()));
    }
}
