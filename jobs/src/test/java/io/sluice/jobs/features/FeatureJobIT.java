package io.sluice.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Backlog;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.replay.EveryKind;
import io.sluice.jobs.train.TestTopics;
import io.sluice.jobs.train.TrainingJob.Mode;
import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.EntityScope;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The features job between real topics: an embedded broker and Flink's mini-cluster. */
class FeatureJobIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SLOTS = 2;
    private static final FeatureScenario SCENARIO = new FeatureScenario(9, 6000);

    @TempDir private static Path directory;
    private static EmbeddedKafka kafka;
    private static TestTopics topics;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        topics = new TestTopics(kafka.bootstrap());
        Topics.create(config("whole"));
        for (StreamEvent event : SCENARIO.events) {
            String key = event instanceof Interaction seen ? seen.user() : request(event);
            topics.send(topic(event), null, key, FeatureScenario.value(event));
        }
        topics.flush();
    }

    private static String request(StreamEvent event) {
        return event instanceof Impression shown ? shown.request() : ((Feedback) event).request();
    }

    private static String topic(StreamEvent event) {
        return event instanceof Interaction
                ? "interactions"
                : event instanceof Impression ? "impressions" : "feedback";
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    @Test
    void recordsOnTheTopicAreThoseOfOneProcessWhetherTheJobWasKilledOrNot() throws Exception {
        SluiceConfig whole = config("whole");
        SluiceConfig killed = config("killed");
        Topics.ensureForFeatures(killed);
        Map<String, String> expected = inProcess(StreamPlan.of(whole.schema()));

        try (LocalCluster cluster = LocalCluster.start(new Configuration(), SLOTS)) {
            cluster.await(cluster.submit(environment(whole)));
        }
        for (int kill = 0; kill < 2; kill++) {
            crashInTheMiddle(killed);
        }
        try (LocalCluster cluster = LocalCluster.start(new Configuration(), SLOTS)) {
            cluster.await(cluster.submit(environment(killed), newest(killed)));
        }

        assertThat(expected.size()).isGreaterThan(1000);
        assertThat(onTopic(whole)).isEqualTo(expected);
        assertThat(onTopic(killed)).isEqualTo(expected);
    }

    /** Records of those who are not forgotten at the end, by entity. */
    private static Map<String, String> inProcess(StreamPlan plan) {
        StreamTables tables = SCENARIO.inProcess(plan);
        Map<String, String> records = new TreeMap<>();
        for (EntityScope scope : plan.scopes()) {
            tables.table(scope.index()).forEach((key, record) -> put(scope, key, record, records));
        }
        return records;
    }

    private static Map<String, String> onTopic(SluiceConfig config) throws IOException {
        StreamPlan plan = StreamPlan.of(config.schema());
        Map<String, EntityPage> pages = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.read(config.topics().features())) {
            EntityPage page = EntityPageCodec.decode(record.key(), record.value());
            pages.put(page.scope() + " " + page.key(), page);
        }
        Map<String, String> records = new TreeMap<>();
        for (EntityPage page : pages.values()) {
            if (!page.isTombstone()) {
                assertThat(page.schema()).isEqualTo(config.schema().fingerprint());
                put(plan.scopes().get(page.scope()), page.key(), page.record(), records);
            }
        }
        return records;
    }

    /** Whether somebody cleaned up already is a matter of chance; what is forgotten is not. */
    private static void put(
            EntityScope scope, long key, long[] record, Map<String, String> records) {
        if (scope.lastFact(record) + scope.lifeMs() >= SCENARIO.end) {
            records.put(scope + " " + scope.index() + " " + key, Arrays.toString(record));
        }
    }

    /**
     * Runs on a cluster of its own until there is a new checkpoint, then takes the cluster away.
     */
    private static void crashInTheMiddle(SluiceConfig config) throws Exception {
        Optional<String> before = newest(config);
        try (LocalCluster doomed = LocalCluster.start(new Configuration(), SLOTS)) {
            JobID job = doomed.submit(environment(config), before);
            long end = System.nanoTime() + LIMIT.toNanos();
            while (newest(config).equals(before)) {
                assertThat(System.nanoTime()).as("no checkpoint within %s", LIMIT).isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
            assertThat(doomed.status(job)).isEqualTo(JobStatus.RUNNING);
        }
    }

    private static Optional<String> newest(SluiceConfig config) throws IOException {
        Path checkpoints = Path.of(config.train().checkpointDir().orElseThrow());
        if (!Files.exists(checkpoints)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .map(file -> file.getParent().toUri().toString());
        }
    }

    private static StreamExecutionEnvironment environment(SluiceConfig config) {
        return environment(config, Mode.BOUNDED);
    }

    private static StreamExecutionEnvironment environment(SluiceConfig config, Mode mode) {
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(new Configuration());
        FeatureJob.define(environment, config, mode, Backlog.NONE);
        return environment;
    }

    private static SluiceConfig config(String name, String... more) {
        return new ConfigLoader()
                .set("name=" + name)
                .set("kafka.bootstrap=" + kafka.bootstrap())
                .set("topics.features=" + name + "-features")
                .set("topics.deadLetters=" + name + "-dead-letters")
                .set("topics.partitions=3")
                .set(
                        "features=[{name: user, source: user, type: id},"
                                + " {name: item, source: item, type: id},"
                                + " {name: tags, source: features.tags, type: categories}]")
                .set(EveryKind.STREAMING)
                .set("feedback.kinds={click: {label: 1, windowMs: 1000}}")
                .set("train.parallelism=2")
                .set("train.checkpointIntervalMs=100")
                .set("train.checkpointDir=" + directory.resolve(name + "-checkpoints"))
                .set("publish.intervalMs=50")
                .set(List.of(more))
                .load();
    }

    @Test
    void aRunningJobPublishesAndGoesOnFromASavepoint() throws Exception {
        SluiceConfig config =
                config(
                        "live",
                        "examples.source=interactions",
                        "topics.interactions=live-interactions",
                        "train.idleMs=500");
        Topics.ensureForFeatures(config);
        try (LocalCluster cluster = LocalCluster.start(new Configuration(), SLOTS)) {
            JobID job = cluster.submit(environment(config, Mode.UNBOUNDED));
            interact(config);
            awaitPublished(config, 1);
            String savepoint =
                    cluster.stop(job, directory.resolve("savepoints").toUri().toString());

            JobID next =
                    cluster.submit(environment(config, Mode.UNBOUNDED), Optional.of(savepoint));
            interact(config);
            awaitPublished(config, 2);
            cluster.cancel(next);
        }
    }

    private static void interact(SluiceConfig config) {
        Interaction event =
                new Interaction(
                        "",
                        System.currentTimeMillis(),
                        "u",
                        "i",
                        1,
                        Double.NaN,
                        Attributes.EMPTY,
                        Attributes.EMPTY);
        topics.send(config.topics().interactions(), null, "u", FeatureScenario.value(event));
        topics.flush();
    }

    /** Waits until records of so many moments have been on the topic. */
    private static void awaitPublished(SluiceConfig config, int moments) {
        StreamPlan plan = StreamPlan.of(config.schema());
        topics.await(
                config.topics().features(),
                LIMIT,
                records ->
                        records.stream().map(record -> moment(plan, record)).distinct().count()
                                >= moments);
    }

    private static long moment(StreamPlan plan, ConsumerRecord<byte[], byte[]> record) {
        try {
            EntityPage page = EntityPageCodec.decode(record.key(), record.value());
            return plan.scopes().get(page.scope()).lastFact(page.record());
        } catch (IOException e) {
            throw new AssertionError("a page can't be read", e);
        }
    }

    @Test
    void whatCannotBeReadBecomesADeadLetter() throws Exception {
        SluiceConfig config = config("letters");
        Topics.ensureForFeatures(config);
        byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
        topics.send("feedback", null, "k", nonsense);
        topics.flush();

        try (LocalCluster cluster = LocalCluster.start(new Configuration(), SLOTS)) {
            cluster.await(cluster.submit(environment(config)));
        }

        assertThat(topics.read(config.topics().deadLetters()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.value()).isEqualTo(nonsense))
                .satisfies(
                        letter ->
                                assertThat(letter.headers().lastHeader("job").value())
                                        .asString()
                                        .isEqualTo("features"));
    }
}
