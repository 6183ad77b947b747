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

    /** The gauge of examples that the served model has learnt; NaN while there is no model. */
    private static final Pattern EXAMPLES =
            Pattern.compile("^sluice_view_examples(?:\\{[^}]*})? (\\S+)", Pattern.MULTILINE);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI server;

    /** Asks this server. */
    public ServerFigures(URI server) {
        this.server = server;
    }

    /** Whether {@code GET /ready} says yes. */
    boolean ready() throws IOException, InterruptedException {
        return get("/ready").statusCode() == 200;
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
