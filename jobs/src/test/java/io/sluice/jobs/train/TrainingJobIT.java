package io.sluice.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Backlog;
import io.sluice.jobs.connect.Topics;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.ScoreJson;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.learner.Scored;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.PageKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
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

/** The job between real topics: an embedded broker and Flink's mini-cluster. */
class TrainingJobIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SLOTS = 2;

    @TempDir private static Path directory;

    private static EmbeddedKafka kafka;
    private static TestTopics topics;
    private static LocalCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        topics = new TestTopics(kafka.bootstrap());
        cluster = LocalCluster.start(new Configuration(), SLOTS);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        topics.close();
        kafka.close();
    }

    @Test
    void eventsBecomePagesAndScoresWhileTheJobRuns() throws Exception {
        SluiceConfig config =
                config(
                        "loop",
                        "examples.source=impressions",
                        "feedback.kinds={click: {label: 1, windowMs: 1000}}",
                        "train.idleMs=500",
                        "scores.windowExamples=10",
                        "scores.detail=windows");
        Topics.ensureForTraining(config);
        JobID job = cluster.submit(environment(config, TrainingJob.Mode.UNBOUNDED));
        try {
            closeTheLoop(config);
        } finally {
            cluster.stop(job, directory.resolve("savepoints").toUri().toString());
        }
    }

    private static void closeTheLoop(SluiceConfig config) throws IOException {

        for (int r = 0; r < 30; r++) {
            show(config, "r" + r);
            click(config, "r" + r);
        }
        topics.flush();
        // 30 clicks at once; 60 negatives only because quiet partitions go on with the clock.
        topics.awaitManifest(config.topics().model(), LIMIT, m -> m.examples() == 90);

        show(config, "last");
        long clicked = click(config, "last");
        topics.flush();
        Manifest fresh =
                topics.awaitManifest(config.topics().model(), LIMIT, m -> m.examples() >= 91);
        assertThat(fresh.publishedAt() - clicked)
                .as("ms from a click to the page that knows it")
                .isBetween(0L, 10_000L);

        List<ConsumerRecord<byte[], byte[]>> windows =
                topics.await(config.topics().scores(), LIMIT, records -> records.size() >= 9);
        assertThat(text(windows.get(0))).contains("\"number\":0", "\"examples\":10");
        assertThat(pageKinds(config)).contains(PageKind.SCHEMA, PageKind.ROW, PageKind.HEAD);
    }

    @Test
    void malformedRecordsBecomeDeadLettersAndChangeNothingElse() throws Exception {
        int good = Integer.getInteger("sluice.it.good", 10_000);
        int bad = Integer.getInteger("sluice.it.bad", 1_000);
        SluiceConfig clean = config("clean", "examples.source=interactions");
        SluiceConfig mixed = config("mixed", "examples.source=interactions");
        Topics.ensureForTraining(clean);
        Topics.ensureForTraining(mixed);
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        int sent = 0;
        for (int n = 0; n < good; n++) {
            String json = TestEvents.interaction(n);
            topics.send(clean.topics().interactions(), "u" + n % 7, json);
            topics.send(mixed.topics().interactions(), "u" + n % 7, json);
            while (sent < (long) bad * (n + 1) / good) {
                String key = "k" + random.nextInt(100);
                topics.send(mixed.topics().interactions(), null, key, Malformed.record(sent++));
            }
        }
        topics.flush();

        runToTheEnd(clean);
        runToTheEnd(mixed);

        assertThat(digest(mixed)).as("seed %d", seed).isEqualTo(digest(clean));
        assertThat(scores(mixed)).hasSize(good).isEqualTo(scores(clean));
        List<ConsumerRecord<byte[], byte[]>> letters = topics.read(mixed.topics().deadLetters());
        assertThat(letters).hasSize(bad);
        assertThat(topics.read(clean.topics().deadLetters())).isEmpty();
        assertThat(reasons(letters)).isEqualTo(Malformed.reasons(bad));
        assertThat(letters.stream().map(letter -> letter.value().length).sorted().toList())
                .isEqualTo(Malformed.lengths(bad));
    }

    @Test
    void interactionsSentTwiceAreLearntOnceHoweverOftenTheJobBeginsAnew() throws Exception {
        int count = 3_000;
        SluiceConfig once = config("once", "examples.source=interactions");
        SluiceConfig twice = config("twice", "examples.source=interactions");
        Topics.ensureForTraining(once);
        Topics.ensureForTraining(twice);
        for (int n = 0; n < count; n++) {
            String key = "u" + n % 7;
            topics.send(once.topics().interactions(), key, TestEvents.interaction(n));
            topics.send(twice.topics().interactions(), key, TestEvents.interaction(n));
            // Some again at once, the others a while later, behind other partitions' events.
            int again = n % 3 == 0 ? n : n - 700;
            if (again >= 0 && (again % 3 == 0) == (n % 3 == 0)) {
                String sameKey = "u" + again % 7;
                topics.send(twice.topics().interactions(), sameKey, TestEvents.interaction(again));
            }
        }
        topics.flush();

        runToTheEnd(once);
        runToTheEnd(twice);

        Manifest first = last(once);
        assertThat(last(twice).digest()).isEqualTo(first.digest());
        assertThat(scores(twice)).hasSize(count).isEqualTo(scores(once));
        long sent = topics.read(twice.topics().interactions()).size();
        List<ConsumerRecord<byte[], byte[]>> letters = topics.read(twice.topics().deadLetters());
        assertThat(reasons(letters)).isEqualTo(Map.of("DUPLICATE_INTERACTION", sent - count));

        runToTheEnd(once);
        Manifest again =
                topics.awaitManifest(
                        once.topics().model(),
                        LIMIT,
                        m -> m.lineage() == 2 && !m.digest().isEmpty());
        assertThat(again.digest()).isEqualTo(first.digest());
    }

    @Test
    void aJobKilledInTheMiddleEndsAsIfItHadNotBeen() throws Exception {
        String[] settings = {
            "examples.source=impressions", "feedback.kinds={click: {label: 1, windowMs: 1000}}"
        };
        SluiceConfig whole = config("whole", settings);
        SluiceConfig killed =
                config(
                        "killed",
                        settings[0],
                        settings[1],
                        "topics.impressions=" + whole.topics().impressions(),
                        "topics.feedback=" + whole.topics().feedback());
        Topics.ensureForTraining(whole);
        Topics.ensureForTraining(killed);
        for (TestEvents.Event event : TestEvents.slates(3, 12_000)) {
            String topic =
                    event.feedback() ? whole.topics().feedback() : whole.topics().impressions();
            topics.send(topic, event.request(), event.json());
        }
        topics.flush();

        runToTheEnd(whole);
        for (int kill = 0; kill < 2; kill++) {
            crashInTheMiddle(killed);
        }
        JobID job = cluster.submit(environment(killed, TrainingJob.Mode.BOUNDED), newest(killed));
        cluster.await(job);

        assertThat(scores(killed)).hasSize(48_000).isEqualTo(scores(whole));
        assertThat(digest(killed)).isEqualTo(digest(whole));
    }

    private static void runToTheEnd(SluiceConfig config) throws Exception {
        cluster.await(cluster.submit(environment(config, TrainingJob.Mode.BOUNDED)));
    }

    /**
     * Runs on a cluster of its own until there is a new checkpoint, then takes the cluster away.
     */
    private static void crashInTheMiddle(SluiceConfig config) throws Exception {
        Optional<String> before = newest(config);
        try (LocalCluster doomed = LocalCluster.start(new Configuration(), SLOTS)) {
            JobID job = doomed.submit(environment(config, TrainingJob.Mode.BOUNDED), before);
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

    private static StreamExecutionEnvironment environment(
            SluiceConfig config, TrainingJob.Mode mode) {
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(new Configuration());
        TrainingJob.define(environment, config, mode, Backlog.NONE);
        return environment;
    }

    private static SluiceConfig config(String name, String... settings) {
        return new ConfigLoader()
                .set("name=" + name)
                .set("kafka.bootstrap=" + kafka.bootstrap())
                .set("topics.impressions=" + name + "-impressions")
                .set("topics.feedback=" + name + "-feedback")
                .set("topics.interactions=" + name + "-interactions")
                .set("topics.model=" + name + "-model")
                .set("topics.scores=" + name + "-scores")
                .set("topics.deadLetters=" + name + "-dead-letters")
                .set("topics.partitions=3")
                .set("scores.detail=examples")
                .set("model.negativeKeepRate=1")
                .set("train.parallelism=2")
                .set("train.checkpointIntervalMs=200")
                .set("train.checkpointDir=" + directory.resolve(name + "-checkpoints"))
                .set(List.of(settings))
                .load();
    }

    private static void show(SluiceConfig config, String request) {
        topics.send(
                config.topics().impressions(),
                request,
                "{\"request\":\"%s\",\"timestamp\":%d,\"user\":\"u\",\"items\":[%s,%s,%s]}"
                        .formatted(
                                request,
                                System.currentTimeMillis(),
                                "{\"id\":\"a\",\"position\":0}",
                                "{\"id\":\"b\",\"position\":1,\"score\":0.5}",
                                "{\"id\":\"c\",\"position\":2}"));
    }

    private static long click(SluiceConfig config, String request) {
        long now = System.currentTimeMillis();
        topics.send(
                config.topics().feedback(), request, TestEvents.click(request, "a", now).json());
        return now;
    }

    private static String digest(SluiceConfig config) throws IOException {
        return last(config).digest();
    }

    private static Manifest last(SluiceConfig config) throws IOException {
        return topics.awaitManifest(
                config.topics().model(), LIMIT, manifest -> !manifest.digest().isEmpty());
    }

    /** The judged predictions in the order of learning. */
    private static List<Scored> scores(SluiceConfig config) throws BadInputException {
        List<Scored> scores = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.read(config.topics().scores())) {
            ScoreJson.read(record.value(), window -> {}, scores::add);
        }
        return scores;
    }

    private static List<PageKind> pageKinds(SluiceConfig config) throws IOException {
        List<PageKind> kinds = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.read(config.topics().model())) {
            kinds.add(PageCodec.decode(record.key(), record.value()).kind());
        }
        return kinds;
    }

    private static Map<String, Long> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
        return letters.stream()
                .map(letter -> new String(header(letter, "reason"), StandardCharsets.UTF_8))
                .collect(
                        Collectors.groupingBy(
                                reason -> reason, TreeMap::new, Collectors.counting()));
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name).value();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
