package io.sluice.jobs.serve;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET /features?user=&item=&at=&context.<name>=}: what streaming features say of a user and
 * an item, and what they were read from.
 */
final class FeaturesEndpoint implements Endpoint {

    private final FeatureReport report;

    FeaturesEndpoint(FeatureReport report) {
        this.report = report;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
        return ask(Map.of());
    }

    @Override
    public CompletionStage<Reply> ask(Map<String, List<String>> parameters) {
        try {
            FeatureQuestion question = FeatureQuestion.of(parameters, System.currentTimeMillis());
            return CompletableFuture.completedFuture(Reply.json(200, report.answer(question)));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Errors.of(400, e.getMessage()));
        }
    }
}
