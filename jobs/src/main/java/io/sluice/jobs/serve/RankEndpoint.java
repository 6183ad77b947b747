package io.sluice.jobs.serve;

import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.RerankJson;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.memory.ExplainedVoice;
import io.sluice.state.rank.Deadline;
import io.sluice.state.store.Catalogue;
import io.sluice.state.store.RankedRequest;
import io.sluice.state.store.SlateMemory;
import io.sluice.state.store.ViewRanker;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /rank}: candidates in, order out, and what was shown into the impression log. A
 * request may wait for an event time; it is ranked in any case.
 */
final class RankEndpoint implements Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(RankEndpoint.class);

    /** The view did not get to {@code waitForEventTime} in time. */
    static final String STALE = "STALE";

    private final Catalogue catalogue;
    private final ViewRanker ranker;
    private final Limits limits;
    private final ImpressionLog impressions;
    private final ServeMetrics metrics;
    private final Waiting waiting;

    RankEndpoint(
            Catalogue catalogue,
            ViewRanker ranker,
            Limits limits,
            ImpressionLog impressions,
            ServeMetrics metrics,
            Waiting waiting) {
        this.catalogue = catalogue;
        this.ranker = ranker;
        this.limits = limits;
        this.impressions = impressions;
        this.metrics = metrics;
        this.waiting = waiting;
    }

    /**
     * What requests that wait for an event time need.
     *
     * @param waits where they wait
     * @param maxMs how long at most, {@code serve.maxWaitMs}
     * @param executor ranks them afterwards: neither the thread that publishes nor a timer's
     */
    record Waiting(EventTimeWaits waits, long maxMs, Executor executor) {}

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
        if (request.waitForEventTime() == 0) {
            return CompletableFuture.completedFuture(rank(request, arrivedNanos, true));
        }
        return waiting.waits()
                .await(request.waitForEventTime(), patienceMs(request, waiting.maxMs()))
                .thenApplyAsync(
                        reached -> rank(request, arrivedNanos, reached), waiting.executor());
    }

    /** Half of a deadline is left for ranking. */
    static long patienceMs(RerankRequest request, long maxMs) {
        return request.deadlineMs() == 0 ? maxMs : Math.min(maxMs, request.deadlineMs() / 2);
    }

    private Reply rank(RerankRequest asked, long arrivedNanos, boolean current) {
        RerankRequest request = completed(asked);
        RankedRequest ranked = ranker.rank(request, deadline(request, arrivedNanos));
        RerankReply reply = current ? ranked.reply() : ranked.reply().orDegraded(STALE);
        impressions.log(request, reply, ranked);
        metrics.ranked(request.items().size(), reply.degraded());
        return Reply.json(
                200,
                request.explain()
                        ? RerankJson.write(reply, new Explained(request, ranked.memory()))
                        : RerankJson.write(reply));
    }

    /** What memory did to each candidate of a request, by its id. */
    private static final class Explained implements RerankJson.Explanation {

        private final Map<String, Integer> places = new HashMap<>();
        private final SlateMemory memory;

        Explained(RerankRequest request, SlateMemory memory) {
            this.memory = memory;
            for (int i = 0; i < request.items().size(); i++) {
                places.put(request.items().get(i).id(), i);
            }
        }

        @Override
        public double base(String item) {
            return memory.base(places.get(item));
        }

        @Override
        public List<ExplainedVoice> voices(String item) {
            return memory.explained(places.get(item));
        }
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
