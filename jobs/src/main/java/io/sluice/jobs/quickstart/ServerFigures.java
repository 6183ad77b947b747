package io.sluice.jobs.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says about itself, asked from outside. */
public final class ServerFigures {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final long POLL_MS = 50;

    /** The gauge of examples that the served model has learnt; NaN while there is no model. */
    private static final Pattern EXAMPLES =
            Pattern.compile("^sluice_view_examples(?:\\{[^}]*})? (\\S+)", Pattern.MULTILINE);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI server;

    /** Asks this server. */
    public ServerFigures(URI server) {
        this.server = server;
    }

    /**
     * Waits until {@code GET /ready} says yes.
     *
     * @throws IOException when it doesn't within a minute
     */
    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        HttpResponse<String> ready = get("/ready");
        while (ready.statusCode() != 200) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(
                        "the server is not ready within %d s: %s"
                                .formatted(READY_WITHIN.toSeconds(), ready.body()));
            }
            Thread.sleep(POLL_MS);
            ready = get("/ready");
        }
    }

    /** Examples that the served model has learnt. */
    public long examples() throws IOException, InterruptedException {
        Matcher gauge = EXAMPLES.matcher(get("/metrics").body());
        if (!gauge.find()) {
            throw new IOException("GET /metrics has no gauge sluice_view_examples");
        }
        double examples = Double.parseDouble(gauge.group(1));
        return Double.isNaN(examples) ? 0 : (long) examples;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).GET().build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
