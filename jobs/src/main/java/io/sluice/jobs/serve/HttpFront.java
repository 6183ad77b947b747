package io.sluice.jobs.serve;

import io.sluice.jobs.config.ServeConfig;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening side: Jetty, with the limits of {@link ServeConfig}. */
final class HttpFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    /** Longer than a pause between two requests of one client, shorter than patience. */
    private static final long IDLE_MS = 30_000;

    /** One accepts, one selects, the others read requests and refuse. */
    private static final int HTTP_THREADS = 6;

    private static final int LEAST_HTTP_THREADS = 3;

    private final ServeConfig config;
    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService workers;
    private final ApiHandler api;

    HttpFront(ServeConfig config, Map<String, Endpoint> endpoints, ServeMetrics metrics) {
        this.config = config;
        QueuedThreadPool threads = new QueuedThreadPool(HTTP_THREADS, LEAST_HTTP_THREADS);
        threads.setName("http");
        threads.setReservedThreads(0);
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_MS);
        // Clients keep idle connections open; they must not use up the time to drain.
        connector.setShutdownIdleTimeout(Math.max(1, config.drainMs() / 4));
        server.addConnector(connector);
        workers = workers(config.threads());
        api =
                new ApiHandler(
                        endpoints, config.maxBodyBytes(), config.maxConcurrent(), workers, metrics);
        server.setHandler(new GracefulHandler(api));
        server.setErrorHandler(new JsonErrorHandler());
        server.setStopTimeout(config.drainMs());
    }

    /** What waits for them is bounded by serve.maxConcurrent. */
    private static ExecutorService workers(int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                threads, work -> new Thread(work, "answer-" + number.incrementAndGet()));
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(false);
        return http;
    }

    /** Starts to listen. */
    void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IOException(
                    "serve.host and serve.port: cannot listen on %s:%d (%s); choose others, 0 for any free port"
                            .formatted(config.host(), config.port(), e.getMessage()),
                    e);
        }
    }

    /** The port listened on. */
    int port() {
        return connector.getLocalPort();
    }

    /**
     * Stops to accept, waits for the requests being answered up to serve.drainMs, and as long for
     * what follows their replies, and ends.
     */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("requests were cut off after {} ms (serve.drainMs)", config.drainMs());
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        } finally {
            if (!api.awaitFollowing(config.drainMs())) {
                LOG.warn("what follows replies was cut off (serve.drainMs)");
            }
            workers.shutdown();
        }
    }
}
