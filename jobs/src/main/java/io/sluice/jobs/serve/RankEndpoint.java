package io.sluice.jobs.serve;

import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.store.RankedRequest;
import io.sluice.state.store.ViewRanker;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** {@code POST /rank}: candidates in, order out, and what was shown into the impression log. */
final class RankEndpoint implements Endpoint {

    private final ViewRanker ranker;
    private final Limits limits;
    private final ImpressionLog impressions;
    private final ServeMetrics metrics;

    RankEndpoint(
            ViewRanker ranker, Limits limits, ImpressionLog impressions, ServeMetrics metrics) {
        this.ranker = ranker;
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
        RankedRequest ranked = ranker.rank(request, deadline(request, arrivedNanos));
        RerankReply reply = ranked.reply();
        impressions.log(request, ranked);
        metrics.ranked(request.items().size(), reply.degraded());
        return CompletableFuture.completedFuture(Reply.json(200, RerankJson.write(reply)));
    }

    private static Deadline deadline(RerankRequest request, long arrivedNanos) {
        if (request.deadlineMs() == 0) {
            return Deadline.none();
        }
        long allowed = TimeUnit.MILLISECONDS.toNanos(request.deadlineMs());
        return Deadline.at(System::nanoTime, arrivedNanos + allowed);
    }
}
