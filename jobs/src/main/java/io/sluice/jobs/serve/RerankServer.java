package io.sluice.jobs.serve;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.lifecycle.Owned;
import io.sluice.jobs.view.LiveView;
import io.sluice.jobs.view.ServedViews;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.Limits;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private final Owned owned = new Owned("the server");
    private final String host;
    private final HttpFront http;
    private final LiveView view;

    private RerankServer(SluiceConfig config) throws IOException {
        try {
            host = config.serve().host();
            ServeMetrics metrics = owned.own(new ServeMetrics());
            view =
                    owned.own(
                            LiveView.open(
                                    config, Path.of(config.serve().directory()), "serve", metrics));
            ServedViews views = view.views();
            ServeClients clients = new ServeClients(config.kafka(), config.name());
            Duration drain = Duration.ofMillis(config.serve().drainMs());
            ImpressionLog impressions =
                    owned.own(
                            new ImpressionLog(
                                    clients.impressions(),
                                    config.topics().impressions(),
                                    drain,
                                    metrics));
            Producer<byte[], byte[]> feedback = clients.feedback();
            owned.own(() -> feedback.close(drain));
            metrics.watch(views.model(), views.tables(), view.followers());
            metrics.watch(view.waits());
            view.followers().start();
            Map<String, Endpoint> endpoints = new LinkedHashMap<>();
            endpoints.put(
                    "/rank",
                    new RankEndpoint(
                            view.answerer(),
                            LiveView.limitsOfRequests(config),
                            impressions,
                            metrics));
            endpoints.put("/feedback", feedback(config, feedback, metrics));
            endpoints.put(
                    "/features",
                    new FeaturesEndpoint(
                            new FeatureReport(
                                    views.entities(),
                                    views.catalogue(),
                                    config.topics().features())));
            endpoints.put("/health", new HealthEndpoint());
            endpoints.put("/ready", new ReadyEndpoint(views.model(), view.followers()));
            endpoints.put("/metrics", new MetricsEndpoint(metrics));
            http = owned.own(new HttpFront(config.serve(), endpoints, metrics));
            http.start();
        } catch (IOException | RuntimeException e) {
            owned.closeAfter(e);
            throw e;
        }
    }

    /** Starts a server; it runs until it is closed. */
    public static RerankServer start(SluiceConfig config) throws IOException {
        return new RerankServer(config);
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
        return view.followers().readiness().ready();
    }

    /** The view that answers. */
    public ServedModel model() {
        return view.views().model();
    }

    /** What streaming features are read from. */
    public ServedEntities entities() {
        return view.views().entities();
    }

    @Override
    public void close() {
        owned.close();
    }
}
