package io.sluice.jobs.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A product that asks the server over HTTP, as any product would: it shares no class with the
 * server and writes and reads the JSON by itself. Thread-safe.
 */
final class ProductClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final URI server;
    private final SimulatedWorld world;

    /** A product in this world, served from there. */
    ProductClient(URI server, SimulatedWorld world) {
        this.server = server;
        this.world = world;
    }

    /** The id under which a visit asks. */
    static String requestId(Visit visit) {
        return "visit-" + visit.number();
    }

    /** Asks for the best of the visit's candidates, as many as are shown. */
    Reply rank(Visit visit, long timestamp) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("request", requestId(visit));
        body.put("timestamp", timestamp);
        body.put("user", world.userName(visit.user()));
        body.putObject("context")
                .put("segment", world.segment(visit))
                .put("device", world.device(visit));
        ArrayNode items = body.putArray("items");
        for (int item : visit.candidates()) {
            ObjectNode candidate = items.addObject();
            candidate.put("id", world.itemName(item));
            candidate.putObject("features").put("category", world.category(item));
        }
        body.put("k", world.size().shown());
        return read(post("/rank", body));
    }

    private static Reply read(JsonNode reply) {
        List<String> items = new ArrayList<>();
        reply.path("items").forEach(item -> items.add(item.path("id").asText()));
        return new Reply(
                items,
                reply.path("model").path("version").asText(""),
                reply.path("model").path("eventTime").asLong(),
                reply.path("degraded").asText(""));
    }

    /** Says that an item of a visit was clicked. */
    void click(Visit visit, int item, long timestamp) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("request", requestId(visit));
        body.put("timestamp", timestamp);
        body.put("user", world.userName(visit.user()));
        body.put("item", world.itemName(item));
        body.put("kind", "click");
        post("/feedback", body);
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    "POST %s was answered with status %d, expected 2xx: %s"
                            .formatted(
                                    path,
                                    response.statusCode(),
                                    new String(response.body(), StandardCharsets.UTF_8)));
        }
        return JSON.readTree(response.body());
    }
}
