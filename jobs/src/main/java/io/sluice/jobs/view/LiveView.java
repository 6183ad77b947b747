package io.sluice.jobs.view;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.lifecycle.Owned;
import io.sluice.jobs.scorer.Scorers;
import io.sluice.operators.rerank.EventTimeWaits;
import io.sluice.operators.rerank.RequestAnswerer;
import io.sluice.operators.serde.Limits;
import io.sluice.state.model.Manifest;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.ShortlistScorer;
import io.sluice.state.store.ViewRanker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A view that follows its topics, and what answers requests from it: all that lies behind a front
 * door, whichever it is.
 *
 * <p>It answers as soon as it is open, from an empty view if need be; {@link Followers#readiness}
 * says when the view is current. Several in one process need directories of their own.
 */
public final class LiveView implements AutoCloseable {

    private final Owned owned = new Owned("the view");
    private final ServedViews views;
    private final EventTimeWaits waits;
    private final Followers followers;
    private final RequestAnswerer answerer;

    private LiveView(SluiceConfig config, Path directory, String door, ViewListener listener)
            throws IOException {
        try {
            views = owned.own(new ServedViews(config, directory));
            waits = owned.own(new EventTimeWaits(this::eventTime));
            followers =
                    owned.own(
                            views.followers(
                                    config,
                                    new ViewClients(config.kafka(), config.name() + "-" + door),
                                    listener,
                                    waits));
            answerer = answerer(config);
        } catch (IOException | RuntimeException e) {
            owned.closeAfter(e);
            throw e;
        }
    }

    /**
     * Opens what is on disk; nothing is followed yet.
     *
     * @param directory where it is kept
     * @param door its word in the names of clients
     * @param listener told of what becomes of the view
     */
    public static LiveView open(
            SluiceConfig config, Path directory, String door, ViewListener listener)
            throws IOException {
        return new LiveView(config, directory, door, listener);
    }

    /** What a request may look like, at either door. */
    public static Limits limitsOfRequests(SluiceConfig config) {
        return config.limits().resized(config.serve().maxBodyBytes(), config.serve().maxItems());
    }

    private RequestAnswerer answerer(SluiceConfig config) {
        Exploration exploration = new Exploration(config.serve().exploration(), config.seed());
        ShortlistScorer scorer = Scorers.of(config.rank().scorer(), System::getenv);
        Ranker ranker = new Ranker(config.rank(), exploration, config.seed(), scorer);
        return new RequestAnswerer(
                views.catalogue(),
                new ViewRanker(views.model(), ranker),
                new RequestAnswerer.Waiting(waits, config.serve().maxWaitMs(), wakers()));
    }

    /** Threads that exist only while there is something to rank for those who waited. */
    private Executor wakers() {
        int threads = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        pool.allowCoreThreadTimeOut(true);
        owned.own(pool::shutdown);
        return pool;
    }

    private long eventTime() {
        Manifest manifest = views.model().manifest();
        return manifest == null ? Long.MIN_VALUE : manifest.eventTime();
    }

    /** What is followed and answered from. */
    public ServedViews views() {
        return views;
    }

    /** The readers of the topics; to be started. */
    public Followers followers() {
        return followers;
    }

    /** Requests that wait for an event time. */
    public EventTimeWaits waits() {
        return waits;
    }

    /** What answers. */
    public RequestAnswerer answerer() {
        return answerer;
    }

    @Override
    public void close() {
        owned.close();
    }
}
