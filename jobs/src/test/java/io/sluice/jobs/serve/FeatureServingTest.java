package io.sluice.jobs.serve;

import static io.sluice.jobs.serve.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.cli.SluiceCommand;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server beside the topics of features and of the catalogue. */
class FeatureServingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> COMPACT = Map.of("cleanup.policy", "compact");

    @TempDir private static Path logs;
    private static EmbeddedKafka kafka;
    private static int runs;

    private final TestClient client = new TestClient();
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

    private void create(String topic, int partitions, Map<String, String> settings)
            throws Exception {
        NewTopic wanted = new NewTopic(topic + suffix, partitions, (short) 1).configs(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(wanted)).all().get();
        }
    }

    @Test
    void whatTheStreamSaysIsReadAtTheTimeOfTheRequestAndLoggedWithTheImpression() throws Exception {
        create("impressions", 1, Map.of());
        long now = System.currentTimeMillis();
        TestFeatures features = new TestFeatures(config("a").schema());
        features.happen(200, now);
        publish(features);
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("ready", server::isReady);

            JsonNode reply = rank(server, "r1", "u1", now);

            assertThat(reply.get("degraded").asText()).isEqualTo("NO_MODEL");
            Impression shown =
                    (Impression)
                            TestTopic.onlyEvent(
                                    kafka.bootstrap(),
                                    "impressions" + suffix,
                                    TopicKind.IMPRESSIONS);
            assertThat(shown.context()).isEqualTo(features.context(now, "u1"));
            assertThat(shown.context().first("~last")).isNotNegative();
            for (ShownItem item : shown.items()) {
                assertThat(item.features()).isEqualTo(features.features(item.id()));
            }
        }
    }

    @Test
    void aServerThatStartsFromTheTopicHoldsTheBytesOfOneThatRanAllAlong() throws Exception {
        TestFeatures features = new TestFeatures(config("x").schema());
        try (RerankServer steady = RerankServer.start(config("steady"))) {
            await("ready", steady::isReady);
            long now = System.currentTimeMillis();
            features.happen(100, now);
            publish(features);
            try (RerankServer first = RerankServer.start(config("restarted"))) {
                await("ready", first::isReady);
            }
            features.happen(100, now + 1000);
            publish(features);

            try (RerankServer second = RerankServer.start(config("restarted"));
                    RerankServer late = RerankServer.start(config("late"))) {
                await("late", late::isReady);
                await("second", second::isReady);
                String digest = late.entities().digest();
                await("steady", () -> digest.equals(digest(steady)));
                assertThat(second.entities().digest()).isEqualTo(digest);
            }
            JsonNode ready = JSON.readTree(client.get(steady, "/ready").body());
            assertThat(ready.at("/topics/features/ready").asBoolean()).isTrue();
            assertThat(client.metrics(steady))
                    .contains("sluice_view_lag_records{topic=\"features\"} 0")
                    .contains("sluice_view_freshness_seconds_count{topic=\"features\"}")
                    .contains("sluice_table_records{topic=\"features\"}");
        }
    }

    @Test
    void aServerAndTheTopicsExplainFeaturesAlike() throws Exception {
        create("items", 1, COMPACT);
        create("users", 1, COMPACT);
        long now = System.currentTimeMillis();
        TestFeatures features = new TestFeatures(config("a").schema());
        features.happen(200, now);
        publish(features);
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("ready", server::isReady);
            FeatureQuestion question =
                    new FeatureQuestion(
                            "u1",
                            "i1",
                            now,
                            Attributes.builder().put("device", "tablet & phone").build());

            String answer = FeatureLookup.fromServer(server.url(), question);

            JsonNode count = JSON.readTree(answer).get("features").get(0);
            assertThat(count.get("name").asText()).isEqualTo("user_count");
            assertThat(count.get("value").asDouble())
                    .isEqualTo(count.at("/records/0/count").asDouble())
                    .isPositive();
            assertThat(count.at("/entity/user").asText()).isEqualTo("u1");
            assertThat(count.at("/records/0/partition").isInt()).isTrue();
            assertThat(count.at("/records/0/offset").isInt()).isTrue();
            assertThat(count.at("/records/0/lastFact").asLong()).isBetween(now - 200, now);
            assertThat(FeatureLookup.fromTopics(config("a"), question)).isEqualTo(answer);
            String[] asked = {
                "--user",
                "u1",
                "--item",
                "i1",
                "--at",
                "" + now,
                "--context",
                "device=tablet & phone"
            };
            assertThat(explain(asked, "--url", server.url())).isEqualTo(answer);
            assertThat(explain(asked, "--config", configFile())).isEqualTo(answer);
        }
    }

    /** What {@code features explain} prints. */
    private static String explain(String[] asked, String... where) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("features", "explain"));
        arguments.addAll(List.of(asked));
        arguments.addAll(List.of(where));
        int code =
                SluiceCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return out.toString().strip();
    }

    private String configFile() throws IOException {
        Path file = directory.resolve("pipeline.yaml");
        return Files.writeString(file, ConfigPrinter.yaml(config("a"))).toString();
    }

    @Test
    void recordsOfOtherFeaturesGiveWayToThoseOfTheNew() throws Exception {
        long now = System.currentTimeMillis();
        TestFeatures old = new TestFeatures(config("x").schema());
        old.happen(100, now);
        publish(old);
        String other =
                "features=[{name: user, source: user, type: id}, {name: item, source: item, type: id}]";
        String counted = "streaming=[{name: n, kind: count, scope: [item], of: positives}]";
        SluiceConfig changed = load(other, counted, "serve.directory=" + directory.resolve("b"));
        try (RerankServer server = RerankServer.start(changed)) {
            await("ready", server::isReady);
            assertThat(server.entities().figures().leftOut()).isPositive();

            TestFeatures renewed = new TestFeatures(changed.schema());
            renewed.happen(100, now);
            publish(renewed);

            await("the new value", () -> value(server, now + 1000) > 0);
        }
    }

    /** What the first feature says of item i1. */
    private static double value(RerankServer server, long at) {
        try {
            String answer =
                    FeatureLookup.fromServer(
                            server.url(), new FeatureQuestion("u1", "i1", at, Attributes.EMPTY));
            return JSON.readTree(answer).at("/features/0/value").asDouble();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readyWithoutTopicsOfItemsAndUsersWhereTheyMayNotBeMade() throws Exception {
        create("model", 1, COMPACT);
        create("features", 3, COMPACT);
        create("impressions", 1, Map.of());
        create("feedback", 1, Map.of());
        SluiceConfig closed = load("topics.create=false", "serve.directory=" + directory);
        try (RerankServer server = RerankServer.start(closed)) {
            await("ready", server::isReady);

            JsonNode reply = rank(server, "r1", "u1", System.currentTimeMillis());

            assertThat(reply.get("items")).hasSize(3);
            assertThat(missing("items" + suffix)).isTrue();
            assertThat(missing("users" + suffix)).isTrue();
        }
    }

    @Test
    void aQuestionThatCannotBeAnsweredIsRefusedWithTheReason() throws Exception {
        try (RerankServer server = RerankServer.start(config("a"))) {
            assertThat(client.get(server, "/features?user=u1").statusCode()).isEqualTo(400);
            assertThat(client.get(server, "/features?item=i&at=noon").body())
                    .contains("at: found 'noon'");
            assertThat(client.get(server, "/features?item=i&colour=red").body())
                    .contains("found parameter 'colour'");
        }
    }

    @Test
    void theCatalogueCompletesWhatIsRankedAndLogged() throws Exception {
        create("impressions", 1, Map.of());
        create("items", 2, COMPACT);
        send(
                "items",
                Map.of(
                        "i1",
                        "{\"id\": \"i1\", \"timestamp\": 1700000000000, \"features\": {\"genre\": [\"war\", \"sea\"]}}",
                        "i2",
                        "{\"id\": \"another\", \"timestamp\": 1700000000000}"));
        try (RerankServer server = RerankServer.start(config("a"))) {
            await("ready", server::isReady);

            rank(server, "r1", "u1", System.currentTimeMillis());

            Impression shown =
                    (Impression)
                            TestTopic.onlyEvent(
                                    kafka.bootstrap(),
                                    "impressions" + suffix,
                                    TopicKind.IMPRESSIONS);
            Attributes first = shown.items().get(0).features();
            assertThat(first.text(first.first("genre") + 1)).isEqualTo("sea");
            assertThat(shown.items().get(1).features().first("genre")).isNegative();
            assertThat(client.metrics(server))
                    .contains("sluice_table_refused{topic=\"items\"} 1")
                    .contains("sluice_table_records{topic=\"items\"}");
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // flush waits for all
    private void send(String topic, Map<String, String> records) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrap()),
                        new StringSerializer(),
                        new StringSerializer())) {
            records.forEach(
                    (key, value) ->
                            producer.send(new ProducerRecord<>(topic + suffix, key, value)));
            producer.flush();
        }
    }

    @Test
    void notReadyWhileTheFeaturesTopicIsMissing() throws Exception {
        create("model", 1, COMPACT);
        SluiceConfig closed = load("topics.create=false", "serve.directory=" + directory);
        try (RerankServer server = RerankServer.start(closed)) {
            await(
                    "the reason",
                    () ->
                            client.get(server, "/ready")
                                    .body()
                                    .contains("topic 'features" + suffix + "' is missing"));

            assertThat(server.isReady()).isFalse();
        }
    }

    private JsonNode rank(RerankServer server, String request, String user, long time)
            throws IOException {
        String body =
                """
                {"request": "%s", "user": "%s", "timestamp": %d,
                 "items": [{"id": "i1"}, {"id": "i2"}, {"id": "unheard"}]}"""
                        .formatted(request, user, time);
        var response = client.post(server, "/rank", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static String digest(RerankServer server) {
        try {
            return server.entities().digest();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private SluiceConfig config(String store) {
        return load("serve.directory=" + directory.resolve(store));
    }

    private SluiceConfig load(String... more) {
        List<String> settings = new ArrayList<>();
        settings.add("kafka.bootstrap=" + kafka.bootstrap());
        for (String topic :
                List.of("impressions", "feedback", "model", "features", "items", "users")) {
            settings.add("topics." + topic + "=" + topic + suffix);
        }
        settings.add("topics.partitions=3");
        settings.add("serve.port=0");
        settings.add("serve.exploration=0");
        settings.add(TestFeatures.SETTING);
        settings.addAll(List.of(more));
        ConfigLoader loader = new ConfigLoader();
        loader.set(settings);
        return loader.load();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // flush waits for all
    private void publish(TestFeatures features) throws Exception {
        if (missing("features" + suffix)) {
            create("features", 3, COMPACT);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            features.publish("features" + suffix, producer::send);
            producer.flush();
        }
    }

    private static boolean missing(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            return !admin.listTopics().names().get().contains(topic);
        }
    }
}
