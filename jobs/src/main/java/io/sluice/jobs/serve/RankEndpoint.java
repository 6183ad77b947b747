package io.sluice.jobs.serve;

import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.store.Catalogue;
import io.sluice.state.store.RankedRequest;
import io.sluice.state.store.ViewRanker;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /rank}: candidates in, order out, and what was shown into the impression log. */
final class RankEndpoint implements Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(RankEndpoint.class);

    private final Catalogue catalogue;
    private final ViewRanker ranker;
    private final Limits limits;
    private final ImpressionLog impressions;
    private final ServeMetrics metrics;

    RankEndpoint(
            Catalogue catalogue,
            ViewRanker ranker,
            Limits limits,
            ImpressionLog impressions,
            ServeMetrics metrics) {
        this.catalogue = catalogue;
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
                    completed(
                            RerankJson.parse(
                                    body,
                                    limits,
                                    System.currentTimeMillis(),
                                    () -> UUID.randomUUID().toString()));
        } catch (BadInputException e) {
            return CompletableFuture.completedFuture(Errors.badInput(e));
        }
        RankedRequest ranked = ranker.rank(request, deadline(request, arrivedNanos));
        RerankReply reply = ranked.reply();
        impressions.log(request, ranked);
        metrics.ranked(request.items().size(), reply.degraded());
        return CompletableFuture.completedFuture(Reply.json(200, RerankJson.write(reply)));
    }

    private RerankRequest completed(RerankRequest request) {
        try {
            return catalogue.complete(request);
        } catch (UncheckedIOException e) {
            LOG.error("the catalogue cannot be read; ranking without it", e);
            return request;
        }
    }

    private static Deadline deadline(RerankRequest request, long arrivedNanos) {
        if (request.deadlineMs() == 0) {
            return Deadline.none();
        }
        long allowed = TimeUnit.MILLISECONDS.toNanos(request.deadlineMs());
        return Deadline.at(System::nanoTime, arrivedNanos + allowed);
    }
}
