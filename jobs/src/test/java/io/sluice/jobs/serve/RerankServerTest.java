package io.sluice.jobs.serve;

import static io.sluice.jobs.serve.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.event.StreamEvent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerankServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path logs;
    private static EmbeddedKafka kafka;
    private static int runs;

    private final TestClient client = new TestClient();
    private final TestTrainer trainer = new TestTrainer();
    private final String suffix = "-" + runs++;
    @TempDir private Path directory;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = EmbeddedKafka.start(logs);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopics() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : List.of("impressions", "feedback", "model")) {
            NewTopic topic = new NewTopic(name + suffix, 1, (short) 1);
            topics.add(
                    name.equals("model")
                            ? topic.configs(Map.of("cleanup.policy", "compact"))
                            : topic);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(topics).all().get();
        }
    }

    @Test
    void ranksByThePublishedModelAndLogsWhatItShowed() throws Exception {
        trainer.learn(500);
        publish();
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("ready", server::isReady);

            JsonNode reply = client.rank(server, "r1", "u3", 12);

            assertThat(reply.get("request").asText()).isEqualTo("r1");
            assertThat(reply.get("model").get("version").asText()).isEqualTo("1.500");
            assertThat(reply.get("degraded").isNull()).isTrue();
            double last = 1;
            for (JsonNode item : reply.get("items")) {
                double score = item.get("score").asDouble();
                assertThat(score).isEqualTo(trainer.score("u3", item.get("id").asText()));
                assertThat(score).isLessThanOrEqualTo(last);
                last = score;
            }
            Impression shown = (Impression) onlyEvent("impressions", TopicKind.IMPRESSIONS);
            assertThat(shown.request()).isEqualTo("r1");
            assertThat(shown.model()).isEqualTo("1.500");
            assertThat(shown.items()).hasSize(12);
            for (int i = 0; i < 12; i++) {
                ShownItem item = shown.items().get(i);
                JsonNode ranked = reply.get("items").get(i);
                assertThat(item.id()).isEqualTo(ranked.get("id").asText());
                assertThat(item.position()).isEqualTo(i);
                assertThat(item.score()).isEqualTo(ranked.get("score").asDouble());
                assertThat(item.propensity()).isEqualTo(1);
            }
        }
    }

    @Test
    void answersWithoutAModelAndIsReadyOnAnEmptyTopic() throws Exception {
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("ready", server::isReady);

            JsonNode reply = client.rank(server, "r1", "nobody", 3);

            assertThat(reply.get("degraded").asText()).isEqualTo("NO_MODEL");
            assertThat(reply.get("items")).hasSize(3);
            JsonNode ready = JSON.readTree(client.get(server, "/ready").body());
            assertThat(ready.get("ready").asBoolean()).isTrue();
            assertThat(ready.get("model").isNull()).isTrue();
        }
    }

    @Test
    void newPagesAreServedAsTheyCome() throws Exception {
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("ready", server::isReady);
            for (int i = 1; i <= 3; i++) {
                trainer.learn(100);
                publish();
                int examples = 100 * i;
                await("version 1." + examples, () -> examples(server) == examples);

                JsonNode best = client.rank(server, "r" + i, "u1", 5).get("items").get(0);
                assertThat(best.get("score").asDouble())
                        .isEqualTo(trainer.score("u1", best.get("id").asText()));
            }
        }
    }

    @Test
    void staysReadyWhileTheTopicIsWrittenToWithoutPause() throws Exception {
        SluiceConfig strict =
                load("serve.readyMaxLagMs=3000", "serve.directory=" + directory.resolve("a"));
        try (RerankServer server = RerankServer.start(strict)) {
            await("ready", server::isReady);
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (System.nanoTime() < end) {
                trainer.learn(20);
                publish();
            }

            assertThat(server.isReady()).isTrue();
        }
    }

    @Test
    void feedbackIsAcceptedOnceTheBrokerHasIt() throws Exception {
        try (RerankServer server = RerankServer.start(config("a"))) {
            HttpResponse<String> accepted =
                    client.post(
                            server,
                            "/feedback",
                            "{\"request\":\"r1\",\"item\":\"i1\",\"kind\":\"click\",\"user\":\"u1\"}");

            assertThat(accepted.statusCode()).isEqualTo(202);
            Feedback feedback = (Feedback) onlyEvent("feedback", TopicKind.FEEDBACK);
            assertThat(feedback.request()).isEqualTo("r1");
            assertThat(feedback.timestamp())
                    .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());

            HttpResponse<String> unknown =
                    client.post(
                            server,
                            "/feedback",
                            "{\"request\":\"r1\",\"item\":\"i1\",\"kind\":\"wink\"}");
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("wink").contains("click");
        }
    }

    @Test
    void aServerThatWasRestartedAnswersAsOneThatRanAllAlong() throws Exception {
        trainer.learn(300);
        publish();
        try (RerankServer steady = RerankServer.start(config("steady"))) {
            try (RerankServer first = RerankServer.start(config("restarted"))) {
                await("first", () -> examples(first) == 300);
            }
            trainer.learn(200);
            publish();
            trainer.learn(100);
            publish();
            try (RerankServer second = RerankServer.start(config("restarted"));
                    RerankServer late = RerankServer.start(config("late"))) {
                assertThat(examples(second)).as("from its own disk").isGreaterThanOrEqualTo(300);
                await("steady", () -> examples(steady) == 600);
                await("second", () -> examples(second) == 600);
                await("late", () -> examples(late) == 600);

                String digest = steady.model().digest();
                assertThat(second.model().digest()).isEqualTo(digest);
                assertThat(late.model().digest()).isEqualTo(digest);
                assertThat(client.rank(second, "r", "u1", 30))
                        .isEqualTo(client.rank(steady, "r", "u1", 30));
            }
        }
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsStart() throws Exception {
        trainer.learn(300);
        publish();
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("the old topic", () -> examples(server) == 300);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.deleteTopics(List.of("model" + suffix)).all().get();
            NewTopic again = new NewTopic("model" + suffix, 1, (short) 1);
            await("deleted", () -> tryCreate(admin, again));
        }
        TestTrainer other = new TestTrainer();
        other.learn(20);
        publish(other);

        try (RerankServer server = RerankServer.start(config("a"))) {
            await("the new topic", () -> examples(server) == 20);

            double score =
                    client.rank(server, "r", "u1", 1).get("items").get(0).get("score").asDouble();
            assertThat(score).isEqualTo(other.score("u1", "i0"));
        }
    }

    @Test
    void whatTheServerDoesShowsInItsMetrics() throws Exception {
        trainer.learn(100);
        publish();
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("ready", server::isReady);
            client.rank(server, "r1", "u1", 5);
            await(
                    "the impression",
                    () ->
                            client.metrics(server)
                                    .contains(
                                            "sluice_events_total{outcome=\"sent\",topic=\"impressions\"} 1"));

            assertThat(client.metrics(server))
                    .contains("sluice_http_requests_seconds_count{path=\"/rank\",status=\"200\"} 1")
                    .contains("sluice_http_requests_seconds_bucket{path=\"/rank\"")
                    .contains("sluice_rank_items_total 5")
                    .contains("sluice_view_examples 100")
                    .contains("sluice_view_ready 1")
                    .contains("sluice_view_lag_records{topic=\"model\"} 0")
                    .contains("sluice_view_freshness_seconds_count{topic=\"model\"} 1")
                    .contains("sluice_view_hot_hit_ratio");
        }
    }

    @Test
    void missingTopicsAreMadeWhereThatIsAllowed() throws Exception {
        SluiceConfig fresh =
                load(
                        "topics.model=fresh",
                        "topics.feedback=fresh-feedback",
                        "serve.directory=" + directory.resolve("a"));
        try (RerankServer server = RerankServer.start(fresh)) {
            await("ready", server::isReady);
        }

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            assertThat(admin.listTopics().names().get()).contains("fresh", "fresh-feedback");
        }
    }

    @Test
    void aMissingTopicIsNamedByReady() throws Exception {
        SluiceConfig elsewhere =
                load(
                        "topics.model=nowhere",
                        "topics.create=false",
                        "serve.directory=" + directory.resolve("a"));
        try (RerankServer server = RerankServer.start(elsewhere)) {
            await(
                    "the reason",
                    () ->
                            client.get(server, "/ready")
                                    .body()
                                    .contains("topic 'nowhere' is missing"));
            assertThat(client.get(server, "/ready").statusCode()).isEqualTo(503);
            assertThat(client.get(server, "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutKafkaRankingGoesOnAndFeedbackIsRefusedWithTheReason() throws Exception {
        SluiceConfig nobody =
                load("kafka.bootstrap=localhost:1", "serve.directory=" + directory.resolve("a"));
        try (RerankServer server = RerankServer.start(nobody)) {
            assertThat(client.rank(server, "r1", "u1", 3).get("items")).hasSize(3);

            HttpResponse<String> refused =
                    client.post(
                            server,
                            "/feedback",
                            "{\"request\":\"r1\",\"item\":\"i1\",\"kind\":\"click\"}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("Kafka did not take the feedback");
            assertThat(client.metrics(server))
                    .contains("sluice_events_total{outcome=\"failed\",topic=\"feedback\"} 1");
        }
    }

    @Test
    void twoServersMayNotShareADirectory() throws Exception {
        try (RerankServer first = RerankServer.start(config("a"))) {
            assertThat(first.port()).isPositive();

            assertThatThrownBy(() -> RerankServer.start(config("a")).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    private SluiceConfig config(String store) {
        return load("serve.directory=" + directory.resolve(store));
    }

    private SluiceConfig load(String... more) {
        List<String> settings = new ArrayList<>();
        settings.add("kafka.bootstrap=" + kafka.bootstrap());
        for (String topic : List.of("impressions", "feedback", "model", "features")) {
            settings.add("topics." + topic + "=" + topic + suffix);
        }
        settings.add("serve.port=0");
        settings.add("serve.exploration=0");
        settings.addAll(List.of(more));
        ConfigLoader loader = new ConfigLoader();
        loader.set(settings);
        return loader.load();
    }

    private void publish() {
        publish(trainer);
    }

    private void publish(TestTrainer from) {
        from.publish(kafka.bootstrap(), "model" + suffix);
    }

    private StreamEvent onlyEvent(String topic, TopicKind kind) throws Exception {
        return TestTopic.onlyEvent(kafka.bootstrap(), topic + suffix, kind);
    }

    private static boolean tryCreate(Admin admin, NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (Exception notYet) {
            return false;
        }
    }

    private static long examples(RerankServer server) {
        return server.model().manifest() == null ? -1 : server.model().manifest().examples();
    }
}
