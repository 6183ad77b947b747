package io.sluice.jobs.serve;

import io.sluice.operators.rerank.Answer;
import io.sluice.operators.rerank.RequestAnswerer;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.RerankRequest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code POST /rank}: candidates in, order out, and what was shown into the impression log. */
final class RankEndpoint implements Endpoint {

    private final RequestAnswerer answerer;
    private final Limits limits;
    private final ImpressionLog impressions;
    private final ServeMetrics metrics;

    RankEndpoint(
            RequestAnswerer answerer,
            Limits limits,
            ImpressionLog impressions,
            ServeMetrics metrics) {
        this.answerer = answerer;
        this.limits = limits;
        this.impressions = impressions;
        this.metrics = metrics;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public CompletionStage<Reply> answer(byte[] body, long arrivedNanos) {
        RerankRequest request;
        try {
            request =
                    RerankJson.parse(
                            body,
                            limits,
                            System.currentTimeMillis(),
                            () -> UUID.randomUUID().toString());
        } catch (BadInputException e) {
            return CompletableFuture.completedFuture(Errors.badInput(e));
        }
        return answerer.answer(request, arrivedNanos).thenApply(this::reply);
    }

    private Reply reply(Answer answer) {
        metrics.ranked(answer.request().items().size(), answer.reply().degraded());
        return Reply.json(200, answer.json(false)).then(() -> impressions.log(answer.impression()));
    }
}
