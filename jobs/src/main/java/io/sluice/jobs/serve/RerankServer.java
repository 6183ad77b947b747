package io.sluice.jobs.serve;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.Limits;
import io.sluice.state.model.Manifest;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.Ranker;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.ViewRanker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/**
 * A running server: view, follower, producers, HTTP.
 *
 * <p>It listens as soon as it has started and answers at once, from an empty view if need be;
 * {@code /ready} says when the view is current. Closing stops to accept, finishes the requests
 * being answered (up to {@code serve.drainMs}), sends the impressions that wait (as long), and
 * closes the store. Several servers in one process need directories of their own.
 */
public final class RerankServer implements AutoCloseable {

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final String host;
    private final HttpFront http;
    private final ServedViews views;
    private final Followers followers;
    private final EventTimeWaits waits;

    private RerankServer(SluiceConfig config) throws IOException {
        try {
            host = config.serve().host();
            ServeMetrics metrics = own(new ServeMetrics());
            views = own(new ServedViews(config));
            ServeClients clients = new ServeClients(config.kafka(), config.name());
            Duration drain = Duration.ofMillis(config.serve().drainMs());
            ImpressionLog impressions =
                    own(
                            new ImpressionLog(
                                    clients.impressions(),
                                    config.topics().impressions(),
                                    drain,
                                    metrics));
            Producer<byte[], byte[]> feedback = clients.feedback();
            owned.push(() -> feedback.close(drain));
            waits = own(new EventTimeWaits(this::eventTime));
            followers = own(views.followers(config, clients, metrics, waits));
            metrics.watch(views.model(), views.tables(), followers);
            metrics.watch(waits);
            followers.start();
            Map<String, Endpoint> endpoints = new LinkedHashMap<>();
            endpoints.put("/rank", rank(config, impressions, metrics));
            endpoints.put("/feedback", feedback(config, feedback, metrics));
            endpoints.put(
                    "/features",
                    new FeaturesEndpoint(
                            new FeatureReport(
                                    views.entities(),
                                    views.catalogue(),
                                    config.topics().features())));
            endpoints.put("/health", new HealthEndpoint());
            endpoints.put("/ready", new ReadyEndpoint(views.model(), followers));
            endpoints.put("/metrics", new MetricsEndpoint(metrics));
            http = own(new HttpFront(config.serve(), endpoints, metrics));
            http.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts a server; it runs until it is closed. */
    public static RerankServer start(SluiceConfig config) throws IOException {
        return new RerankServer(config);
    }

    private Endpoint rank(SluiceConfig config, ImpressionLog impressions, ServeMetrics metrics) {
        Exploration exploration = new Exploration(config.serve().exploration(), config.seed());
        Limits ofRequest =
                config.limits().resized(config.serve().maxBodyBytes(), config.serve().maxItems());
        return new RankEndpoint(
                views.catalogue(),
                new ViewRanker(
                        views.model(), new Ranker(config.rank(), exploration, config.seed())),
                ofRequest,
                impressions,
                metrics,
                new RankEndpoint.Waiting(waits, config.serve().maxWaitMs(), wakers()));
    }

    /** Threads that exist only while there is something to rank for those who waited. */
    private Executor wakers() {
        int threads = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        pool.allowCoreThreadTimeOut(true);
        owned.push(pool::shutdown);
        return pool;
    }

    private long eventTime() {
        Manifest manifest = views.model().manifest();
        return manifest == null ? Long.MIN_VALUE : manifest.eventTime();
    }

    private static Endpoint feedback(
            SluiceConfig config, Producer<byte[], byte[]> producer, ServeMetrics metrics) {
        Limits limits = config.limits();
        Limits ofFeedback = limits.resized(config.serve().maxBodyBytes(), limits.slateItems());
        EventParser parser =
                new EventParser(ofFeedback, config.feedback().kinds().keySet(), Double.NaN);
        FeedbackSender sender = new FeedbackSender(producer, config.topics().feedback(), metrics);
        return new FeedbackEndpoint(parser, sender);
    }

    private <T extends AutoCloseable> T own(T part) {
        owned.push(part);
        return part;
    }

    /** The port listened on. */
    public int port() {
        return http.port();
    }

    /** Where to send requests, for instance {@code http://127.0.0.1:8080}. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port();
    }

    /** Whether the view has caught up, as {@code /ready} says it. */
    public boolean isReady() {
        return followers.readiness().ready();
    }

    /** The view that answers. */
    public ServedModel model() {
        return views.model();
    }

    /** What streaming features are read from. */
    public ServedEntities entities() {
        return views.entities();
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                RuntimeException each = new IllegalStateException("the server did not close", e);
                if (failure == null) {
                    failure = each;
                } else {
                    failure.addSuppressed(each);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
