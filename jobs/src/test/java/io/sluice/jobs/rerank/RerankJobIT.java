package io.sluice.jobs.rerank;

import static io.sluice.jobs.serve.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.serve.RerankServer;
import io.sluice.jobs.serve.TestClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rerank job between real topics: an embedded broker and Flink's mini-cluster. */
class RerankJobIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SLOTS = 2;
    private static final int CRASHES = 2;

    @TempDir private static Path directory;
    private static RerankFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new RerankFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void answersAreThoseOfTheServerAndSoIsWhatIsLogged() throws Exception {
        SluiceConfig config = fixture.config("parity");
        fixture.fill(config);
        Map<String, String> requests = requests(System.currentTimeMillis());
        Map<String, String> expected = new LinkedHashMap<>();
        TestClient client = new TestClient();
        try (RerankServer server = RerankServer.start(config)) {
            await("the server", server::isReady);
            requests.forEach(
                    (id, body) -> {
                        HttpResponse<String> reply = client.post(server, "/rank", body);
                        assertThat(reply.statusCode()).isIn(200, 400);
                        expected.put(id, reply.body());
                    });
        }

        Map<String, List<String>> replies;
        try (LocalCluster cluster = LocalCluster.start(new Configuration(), SLOTS)) {
            cluster.submit(RerankFixture.environment(config));
            fixture.awaitRunning(config);
            requests.forEach((id, body) -> send(config, id, body));
            replies = fixture.awaitReplies(config, requests.keySet());
        }

        for (String id : requests.keySet()) {
            assertThat(replies.get(id)).hasSize(1);
            JsonNode reply = JSON.readTree(replies.get(id).get(0));
            assertThat(reply.get("request").asText()).isEqualTo(id);
            if (reply.has("error")) {
                assertThat(reply.get("error"))
                        .isEqualTo(JSON.readTree(expected.get(id)).get("error"));
            } else {
                assertThat(replies.get(id).get(0)).isEqualTo(expected.get(id));
            }
        }
        Map<String, List<String>> shown = fixture.values(config.topics().impressions());
        int both = 0;
        for (String id : requests.keySet()) {
            List<String> impressions = shown.getOrDefault(id, List.of());
            if (expected.get(id).contains("\"items\":[{")) {
                both++;
                assertThat(impressions).hasSize(2);
                assertThat(impressions.get(1)).isEqualTo(impressions.get(0));
            } else {
                assertThat(impressions).isEmpty();
            }
        }
        assertThat(both).isGreaterThan(40);
    }

    /** Of every kind, good and bad; the time is said, so that both doors speak of the same. */
    private static Map<String, String> requests(long now) {
        Map<String, String> requests = new LinkedHashMap<>();
        List<String> rest =
                List.of(
                        "",
                        ",\"k\":3",
                        ",\"explain\":true",
                        ",\"pinned\":[\"i2\",\"i0\"],\"exclude\":[\"i1\"]",
                        ",\"quotas\":{\"i3\":{\"least\":1}},\"within\":2",
                        ",\"context\":{\"device\":\"phone\"},\"k\":4",
                        ",\"waitForEventTime\":1",
                        ",\"exclude\":[\"i0\",\"i1\",\"i2\",\"i3\",\"i4\"]");
        for (int i = 0; i < 64; i++) {
            String id = "r" + i;
            StringBuilder body = new StringBuilder("{\"request\":\"").append(id);
            body.append("\",\"timestamp\":").append(now).append(",\"user\":\"u").append(i % 5);
            body.append("\",\"items\":[");
            for (int item = 0; item < 5 + (i % 3 == 0 ? 0 : 30); item++) {
                body.append(item == 0 ? "" : ",").append("{\"id\":\"i").append(item).append("\"}");
            }
            body.append(']').append(rest.get(i % rest.size())).append('}');
            requests.put(id, body.toString());
        }
        requests.put("no-items", "{\"request\":\"no-items\",\"timestamp\":" + now + "}");
        requests.put("twice", "{\"request\":\"twice\",\"items\":[{\"id\":\"a\"},{\"id\":\"a\"}]}");
        requests.put("k", "{\"request\":\"k\",\"items\":[{\"id\":\"a\"}],\"k\":-1}");
        return requests;
    }

    @Test
    void whatIsWrongGetsAReplyAndWhatHasNoIdADeadLetter() throws Exception {
        SluiceConfig config = fixture.config("malformed");
        fixture.fill(config);
        try (LocalCluster cluster = LocalCluster.start(new Configuration(), SLOTS)) {
            cluster.submit(RerankFixture.environment(config));
            fixture.awaitRunning(config);
            send(config, "by-key", "{\"items\":[{\"id\":\"a\"}]}");
            send(config, "cut", "{\"request\":\"cut\",\"items\":[{\"id\":");
            send(config, "empty", "");
            send(config, "other", "{\"request\":\"own\",\"items\":7}");
            send(config, "", "{\"items\":[{\"id\":\"a\"}]}");
            send(config, "", "no JSON at all");
            fixture.topics.flush();

            Map<String, List<String>> replies =
                    fixture.awaitReplies(config, List.of("by-key", "cut", "empty", "own"));
            await(
                    "dead letters",
                    () -> fixture.topics.read(config.topics().deadLetters()).size() >= 2);

            assertThat(replies.get("by-key").get(0)).contains("\"items\":[{\"id\":\"a\"");
            assertThat(replies.get("cut").get(0))
                    .contains("\"error\":")
                    .contains("one JSON object");
            assertThat(replies.get("empty").get(0)).contains("no bytes");
            assertThat(replies.get("own").get(0)).contains("\"field\":\"items\"");
            assertThat(replies).doesNotContainKey("other");
            List<ConsumerRecord<byte[], byte[]>> letters =
                    fixture.topics.read(config.topics().deadLetters());
            assertThat(letters)
                    .extracting(
                            letter ->
                                    RerankFixture.text(
                                            letter.headers().lastHeader("reason").value()))
                    .containsExactlyInAnyOrder("MISSING_FIELD", "NOT_JSON");
        }
    }

    @Test
    void everyRequestIsAnsweredThroughCrashesAndASecondReplyIsMarked() throws Exception {
        SluiceConfig config = fixture.config("crash");
        fixture.fill(config);
        AtomicInteger sent = new AtomicInteger();
        Thread product = new Thread(() -> sendSteadily(config, sent), "product");
        Optional<String> from = Optional.empty();
        product.start();
        try {
            for (int crash = 0; crash < CRASHES; crash++) {
                try (LocalCluster doomed = LocalCluster.start(new Configuration(), SLOTS)) {
                    doomed.submit(RerankFixture.environment(config), from);
                    Optional<String> before = from;
                    await("a checkpoint", () -> !newest(config).equals(before));
                    int then = sent.get() + 20;
                    await("traffic behind it", () -> replies(config).size() > then);
                }
                from = newest(config);
            }
        } finally {
            product.interrupt();
            product.join();
        }
        int all = sent.get();
        Map<String, List<String>> replies;
        try (LocalCluster cluster = LocalCluster.start(new Configuration(), SLOTS)) {
            cluster.submit(RerankFixture.environment(config), from);
            fixture.awaitRunning(config);
            send(config, "after", body("after"));
            List<String> ids = IntStream.range(0, all).mapToObj(i -> "r" + i).toList();
            fixture.awaitReplies(config, ids);
            replies = fixture.awaitReplies(config, List.of("after"));
        }

        int repeated = 0;
        for (Map.Entry<String, List<String>> each : replies.entrySet()) {
            long unmarked = each.getValue().stream().filter(r -> !r.contains("replayed")).count();
            assertThat(unmarked).as(each.getKey() + ": " + each.getValue()).isLessThanOrEqualTo(1);
            repeated += each.getValue().size() - 1;
        }
        // What was read twice is known to be answered; only what was on its way can come twice.
        assertThat(repeated).isLessThan(10);
        assertThat(replies.get("after").get(0)).doesNotContain("replayed");
        Map<String, List<String>> shown = fixture.values(config.topics().impressions());
        assertThat(shown.keySet()).containsAll(replies.keySet());
    }

    private static void sendSteadily(SluiceConfig config, AtomicInteger sent) {
        while (!Thread.currentThread().isInterrupted()) {
            String id = "r" + sent.get();
            send(config, id, body(id));
            sent.incrementAndGet();
            LockSupport.parkNanos(5_000_000);
        }
        fixture.topics.flush();
    }

    private static String body(String id) {
        return "{\"request\":\"%s\",\"user\":\"u1\",\"items\":[{\"id\":\"i1\"},{\"id\":\"i2\"}]}"
                .formatted(id);
    }

    private static void send(SluiceConfig config, String key, String body) {
        fixture.topics.send(
                config.topics().rerankRequests(), null, key, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, List<String>> replies(SluiceConfig config) {
        return fixture.replies(config);
    }

    private static Optional<String> newest(SluiceConfig config) {
        return RerankFixture.newestCheckpoint(config);
    }
}
