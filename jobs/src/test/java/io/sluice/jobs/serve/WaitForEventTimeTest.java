package io.sluice.jobs.serve;

import static io.sluice.jobs.serve.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that want to see an event in the model. */
class WaitForEventTimeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAITING = 40;

    @TempDir private Path directory;
    private final TestClient client = new TestClient();
    private final TestTrainer trainer = new TestTrainer();

    @Test
    void theyWaitWithoutHoldingThreadsAndAreAnsweredInAnyCase() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
                RerankServer server = RerankServer.start(config(kafka, 20_000))) {
            await("ready", server::isReady);
            trainer.learn(50);
            trainer.publish(kafka.bootstrap(), "model");
            await("the first model", () -> server.model().manifest() != null);
            long known = server.model().manifest().eventTime();

            assertThat(rank(server, known).get("degraded").isNull()).isTrue();
            // More of them than there are threads; the publication wakes them all.
            List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
            ExecutorService clients = Executors.newFixedThreadPool(WAITING);
            for (int i = 0; i < WAITING; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> rank(server, known + 1), clients));
            }
            clients.shutdown();
            String all = "sluice_rank_waiting " + WAITING;
            await("all of them", () -> client.metrics(server).contains(all));
            await("another millisecond", () -> System.currentTimeMillis() > known);
            trainer.learn(1);
            trainer.publish(kafka.bootstrap(), "model");
            for (CompletableFuture<JsonNode> each : waiting) {
                JsonNode reply = each.get();
                assertThat(reply.get("degraded").isNull()).isTrue();
                assertThat(reply.get("model").get("eventTime").asLong()).isGreaterThan(known);
            }
        }
    }

    @Test
    void whoWaitedInVainIsToldSoAndATimeThatIsNoneIsRefused() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
                RerankServer server = RerankServer.start(config(kafka, 10))) {
            await("ready", server::isReady);
            assertThat(rank(server, 1).get("degraded").asText()).isEqualTo("NO_MODEL");
            trainer.learn(50);
            trainer.publish(kafka.bootstrap(), "model");
            await("the first model", () -> server.model().manifest() != null);
            long known = server.model().manifest().eventTime();

            JsonNode stale = rank(server, known + 3_600_000);
            assertThat(stale.get("degraded").asText()).isEqualTo("STALE");
            assertThat(stale.get("items")).hasSize(2);
            assertThat(stale.get("model").get("eventTime").asLong()).isEqualTo(known);

            HttpResponse<String> refused = client.post(server, "/rank", body(-1));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("\"field\":\"waitForEventTime\"");
        }
    }

    private JsonNode rank(RerankServer server, long eventTime) {
        HttpResponse<String> response = client.post(server, "/rank", body(eventTime));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String body(long eventTime) {
        return "{\"user\":\"u1\",\"items\":[{\"id\":\"i1\"},{\"id\":\"i2\"}],\"waitForEventTime\":%d}"
                .formatted(eventTime);
    }

    private SluiceConfig config(EmbeddedKafka kafka, long maxWaitMs) {
        return new ConfigLoader()
                .set("kafka.bootstrap=" + kafka.bootstrap())
                .set("serve.port=0")
                .set("serve.threads=2")
                .set("serve.maxWaitMs=" + maxWaitMs)
                .set("serve.directory=" + directory.resolve("store"))
                .load();
    }
}
