package io.sluice.operators.rerank;

import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import io.sluice.state.store.Catalogue;
import io.sluice.state.store.RankedRequest;
import io.sluice.state.store.ViewRanker;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests from a view, the same at every door: completes them by the catalogue, lets them
 * wait for an event time if they ask for one, ranks. There is always an answer. Thread-safe.
 */
public final class RequestAnswerer {

    private static final Logger LOG = LoggerFactory.getLogger(RequestAnswerer.class);

    /** The view did not get to {@code waitForEventTime} in time. */
    public static final String STALE = "STALE";

    private final Catalogue catalogue;
    private final ViewRanker ranker;
    private final Waiting waiting;

    /** Answers from these. */
    public RequestAnswerer(Catalogue catalogue, ViewRanker ranker, Waiting waiting) {
        this.catalogue = catalogue;
        this.ranker = ranker;
        this.waiting = waiting;
    }

    /**
     * What requests that wait for an event time need.
     *
     * @param waits where they wait
     * @param maxMs how long at most, {@code serve.maxWaitMs}
     * @param executor ranks them afterwards: neither the thread that publishes nor a timer's
     */
    public record Waiting(EventTimeWaits waits, long maxMs, Executor executor) {}

    /**
     * Answers a request: in this thread, or later in another one if it has to wait.
     *
     * @param arrivedNanos when its deadline began to run, by {@link System#nanoTime}
     */
    public CompletionStage<Answer> answer(RerankRequest request, long arrivedNanos) {
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

    private Answer rank(RerankRequest asked, long arrivedNanos, boolean current) {
        RerankRequest request = completed(asked);
        RankedRequest ranked = ranker.rank(request, deadline(request, arrivedNanos));
        RerankReply reply = current ? ranked.reply() : ranked.reply().orDegraded(STALE);
        return new Answer(request, reply, ranked);
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
