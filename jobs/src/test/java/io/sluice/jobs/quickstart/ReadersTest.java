package io.sluice.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The readers against a stand-in server that answers with the candidates as they are listed. */
class ReadersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final WorldSize SIZE = new WorldSize(10, 40, 12, 5);

    static {
        // Without it the JDK's server waits 40 ms for an acknowledgement before each body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final SimulatedWorld world = new SimulatedWorld(SIZE, 3);
    private final Traffic traffic = new Traffic(200, 1.5, 3);
    private final VisitLog log = new VisitLog();
    private final FreshnessProbe freshness = new FreshnessProbe();
    private final Queue<JsonNode> requests = new ConcurrentLinkedQueue<>();
    private final Queue<JsonNode> feedback = new ConcurrentLinkedQueue<>();
    private volatile int itemsInReply = SIZE.shown();
    private volatile int status = 200;
    private HttpServer server;
    private ProductClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/rank", this::rank);
        server.createContext(
                "/feedback",
                exchange -> {
                    feedback.add(JSON.readTree(exchange.getRequestBody()));
                    reply(exchange, JSON.createObjectNode());
                });
        server.start();
        client =
                new ProductClient(
                        URI.create("http://localhost:" + server.getAddress().getPort()), world);
    }

    private void rank(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        ObjectNode reply = JSON.createObjectNode();
        reply.putObject("model")
                .put("version", "1-" + requests.size())
                .put("eventTime", request.path("timestamp").asLong());
        reply.putNull("degraded");
        var items = reply.putArray("items");
        for (int i = 0; i < itemsInReply; i++) {
            items.addObject().put("id", request.path("items").get(i).path("id").asText());
        }
        reply(exchange, reply);
    }

    private void reply(HttpExchange exchange, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everyVisitAsksOnceAndEveryClickIsSent() throws Exception {
        StringWriter screen = new StringWriter();
        try (Readers readers = readers()) {
            List<Window> windows =
                    new Watch(
                                    readers,
                                    traffic,
                                    log,
                                    freshness,
                                    SIZE.shown(),
                                    new LiveTable(new PrintWriter(screen)))
                            .follow();

            assertThat(windows).hasSize(2);
            assertThat(windows.get(1).modelVersion()).startsWith("1-");
        }

        Set<String> ids =
                requests.stream().map(r -> r.path("request").asText()).collect(Collectors.toSet());
        assertThat(ids).hasSize(requests.size()).hasSizeBetween(5, 310);
        assertThat(log.size()).isEqualTo(requests.size());
        assertThat(feedback)
                .hasSize(log.all().stream().mapToInt(VisitOutcome::clicks).sum())
                .isNotEmpty()
                .allSatisfy(click -> assertThat(ids).contains(click.path("request").asText()));
        assertThat(freshness.overall().count()).isPositive();
        assertThat(screen.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theEngineIsJudgedByTheListThatCameBack() throws Exception {
        try (Readers readers = readers()) {
            assertThat(readers.await(10_000)).isTrue();
        }

        // The stand-in answers with the order of the request.
        for (VisitOutcome outcome : log.all()) {
            Set<Double> possible =
                    LongStream.range(0, log.size())
                            .mapToObj(world::visit)
                            .map(v -> world.expectedClicks(outcome.phase(), v, v.candidates()))
                            .collect(Collectors.toSet());
            assertThat(possible).contains(outcome.engine());
            assertThat(outcome.oracle()).isGreaterThanOrEqualTo(outcome.engine());
        }
    }

    @Test
    void aShortListEndsTheTraffic() {
        itemsInReply = SIZE.shown() - 1;

        assertThatThrownBy(this::toTheEnd)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected 5 different ones");
    }

    @Test
    void anErrorOfTheServerEndsTheTraffic() {
        status = 503;

        assertThatThrownBy(this::toTheEnd)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("POST /rank was answered with status 503, expected 2xx");
    }

    private void toTheEnd() throws IOException, InterruptedException {
        try (Readers readers = readers()) {
            readers.await(10_000);
        }
    }

    private Readers readers() {
        return new Readers(world, 3, client, new RandomArm(1), traffic, log, freshness);
    }
}
