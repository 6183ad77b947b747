package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Backlog;
import io.sluice.jobs.connect.CompactedTopic;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.features.FeatureJob;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.train.TrainingJob;
import io.sluice.jobs.train.TrainingJob.Mode;
import io.sluice.operators.metrics.MetricNames;
import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.EntityScope;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.feature.stream.StreamState;
import io.sluice.state.model.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * History is imported, both jobs learn it and run on without end, and the product sends: learner
 * and records of streaming features become those of one replay of everything.
 *
 * <p>The requests of what is live are called otherwise than in the replay: they are rows of a file
 * of their own.
 */
class LiveImportIT {

    private static final long SEED = 20260105;
    private static final int HISTORY = 3000;
    private static final int LIVE = 600;
    private static final long HISTORY_BEGINS = 1_600_000_000_000L;

    /** Twenty days in all: held to ten minutes in 200 ms they would take as many minutes. */
    private static final long STEP_MS = 600_000;

    /** Generous: a stalled machine is slow and not wrong. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    private static final String FEATURES =
            "features=[{name: user, source: user, type: id}, {name: item, source: item, type: id},"
                    + " {name: tags, source: features.tags, type: categories, separator: '|'}]";

    @TempDir private Path folder;
    private SluiceConfig pipeline;
    private Path file;
    private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    private JobID train;
    private JobID features;

    @Test
    void jobsThatRunOnLearnHistoryAtFullSpeedAndThenWhatIsLive() throws Exception {
        Path history = folder.resolve("history");
        GeneratedData.interactions(history, HISTORY, SEED, HISTORY_BEGINS, STEP_MS);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            pipeline = pipeline(kafka.bootstrap());
            file = Files.writeString(folder.resolve("p.yaml"), ConfigPrinter.yaml(pipeline));
            Topics.create(pipeline);
            Import.run(request(history), NOWHERE, NOWHERE);
            assertThat(Backlog.of(pipeline).farthestAhead()).isGreaterThan(Duration.ofDays(100));

            Path live = folder.resolve("live");
            GeneratedData.interactions(live, LIVE, SEED + 1, System.currentTimeMillis(), 1);
            runLive(live);

            Path whole = append(live, history);
            assertLearnerIsThatOfOneReplay(whole);
            assertRecordsAreThoseOfOneProcess(whole);
        }
    }

    private void runLive(Path live) throws Exception {
        Configuration settings = TrainingJob.settings(pipeline, Mode.UNBOUNDED);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        metrics.addToConfiguration(settings);
        MiniClusterConfiguration cluster =
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(settings)
                        .setNumSlotsPerTaskManager(2)
                        .withRandomPorts()
                        .build();
        MiniCluster flink = new MiniCluster(cluster);
        try {
            flink.start();
            train = submit(flink, TrainingJob.environment(pipeline, Mode.UNBOUNDED));
            features = submit(flink, FeatureJob.environment(pipeline, Mode.UNBOUNDED));
            awaitMostOfHistory();
            send(live);
            awaitRead(pipeline.name() + "-train");
            awaitRead(pipeline.name() + "-features");
            end(flink, train);
            end(flink, features);
            assertNothingWasLate();
        } finally {
            flink.closeAsync().join();
        }
    }

    private static JobID submit(MiniCluster flink, StreamExecutionEnvironment environment)
            throws Exception {
        return flink.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
    }

    /** Ends a job as if its topics had ended: what waits for later events is let go. */
    private void end(MiniCluster flink, JobID job) throws Exception {
        String savepoints = folder.resolve("savepoints").toUri().toString();
        flink.stopWithSavepoint(job, savepoints, true, SavepointFormatType.CANONICAL).get();
    }

    /** Waits until the offsets that a checkpoint commits are the ends of the topic. */
    private void awaitRead(String group) throws IOException {
        Properties settings = pipeline.kafka().clientProperties();
        settings.put("group.id", group);
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        Map<TopicPartition, TopicRange> ranges =
                TopicRange.of(pipeline.kafka(), List.of(pipeline.topics().interactions()));
        long end = System.nanoTime() + LIMIT.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            while (!areEnds(consumer.committed(ranges.keySet()), ranges)) {
                assertThat(System.nanoTime())
                        .as("%s reads all within %s", group, LIMIT)
                        .isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static boolean areEnds(
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, TopicRange> ranges) {
        return ranges.entrySet().stream()
                .allMatch(
                        range -> {
                            OffsetAndMetadata found = committed.get(range.getKey());
                            return found != null && found.offset() == range.getValue().end();
                        });
    }

    private void awaitMostOfHistory() throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        Manifest manifest = new TrainingResult(pipeline).manifest();
        while (manifest == null || manifest.examples() < HISTORY * 9 / 10) {
            assertThat(System.nanoTime())
                    .as("learnt within %s: %s", LIMIT, manifest)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            manifest = new TrainingResult(pipeline).manifest();
        }
    }

    private void send(Path data) throws IOException {
        try (EventSender product = new EventSender(pipeline);
                EventReader<Interaction> events = source(data).interactions()) {
            for (Interaction event = events.next(); event != null; event = events.next()) {
                product.send(pipeline.topics().interactions(), event);
            }
            product.flush();
        }
    }

    private static Path append(Path live, Path history) throws IOException {
        List<String> rows = Files.readAllLines(live.resolve("interactions.csv"));
        Files.write(
                history.resolve("interactions.csv"),
                rows.subList(1, rows.size()),
                StandardOpenOption.APPEND);
        return history;
    }

    private void assertNothingWasLate() {
        for (JobID job : List.of(train, features)) {
            assertThat(counted(job, MetricNames.FACTS)).isEqualTo(HISTORY + LIVE);
            assertThat(counted(job, MetricNames.LATE_FACTS)).isZero();
        }
        assertThat(counted(train, MetricNames.LATE)).isZero();
    }

    private long counted(JobID job, String name) {
        Collection<Metric> found = metrics.findMetrics(job, "\\." + name + "$").values();
        assertThat(found).as("metrics called %s", name).hasSize(1);
        return ((Counter) found.iterator().next()).getCount();
    }

    private void assertLearnerIsThatOfOneReplay(Path whole) throws IOException {
        Run expected =
                new InProcessReplay(
                                source(whole),
                                config(whole).settings(Long.MAX_VALUE),
                                new Progress(NOWHERE, "", 0))
                        .run(ExampleKind.INTERACTIONS, new Judged(false));
        TrainingResult result = new TrainingResult(pipeline);
        Manifest manifest = result.manifest();

        assertThat(result.deadLetters()).isEmpty();
        assertThat(manifest.examples()).isEqualTo(HISTORY + LIVE);
        assertThat(manifest.digest()).isEqualTo(expected.cost().digest());
    }

    private void assertRecordsAreThoseOfOneProcess(Path whole) throws IOException {
        StreamPlan plan = StreamPlan.of(pipeline.schema());
        StreamState state = new StreamState(plan);
        long end = 0;
        try (EventReader<Interaction> events = source(whole).interactions()) {
            for (Interaction event = events.next(); event != null; event = events.next()) {
                state.add(Facts.of(event, true));
                end = event.timestamp();
            }
        }
        state.advance(Long.MAX_VALUE);
        Map<String, String> expected = new TreeMap<>();
        for (EntityScope scope : plan.scopes()) {
            long now = end;
            state.tables()
                    .table(scope.index())
                    .forEach((key, record) -> put(scope, key, record, now, expected));
        }

        assertThat(expected.size()).isGreaterThan(500);
        assertThat(onTopic(plan, end)).isEqualTo(expected);
    }

    private Map<String, String> onTopic(StreamPlan plan, long end) throws IOException {
        Map<String, EntityPage> newest = new TreeMap<>();
        new CompactedTopic(pipeline.kafka(), pipeline.topics().features(), "topics.features")
                .read(
                        record -> {
                            EntityPage page = EntityPageCodec.decode(record.key(), record.value());
                            newest.put(page.scope() + " " + page.key(), page);
                        });
        Map<String, String> records = new TreeMap<>();
        for (EntityPage page : newest.values()) {
            if (!page.isTombstone()) {
                put(plan.scopes().get(page.scope()), page.key(), page.record(), end, records);
            }
        }
        return records;
    }

    /** Whether somebody has cleaned up already is a matter of chance; what is forgotten is not. */
    private static void put(
            EntityScope scope, long key, long[] record, long now, Map<String, String> records) {
        if (scope.lastFact(record) + scope.lifeMs() >= now) {
            records.put(scope.index() + " " + key, Arrays.toString(record));
        }
    }

    private ImportRequest request(Path data) {
        return new ImportRequest(
                file, loader -> loader, data, Optional.empty(), OptionalLong.empty());
    }

    private ReplayConfig config(Path data) throws IOException {
        return ReplayConfig.of(request(data).replay(), Long.MAX_VALUE / 2, note -> {});
    }

    private EventSource source(Path data) throws IOException {
        ReplayConfig config = config(data);
        return new EventSource(
                config.data(), config.settings(Long.MAX_VALUE), (f, line, row, why, detail) -> {});
    }

    private SluiceConfig pipeline(String bootstrap) {
        return new ConfigLoader()
                .set("kafka.bootstrap=" + bootstrap)
                .set("examples.source=interactions")
                .set(FEATURES)
                .set(EveryKind.STREAMING)
                .set("topics.partitions=3")
                // A partition without live events waits for them: nothing is late on any machine.
                .set("train.idleMs=0")
                .set("train.checkpointIntervalMs=1000")
                .set("train.checkpointDir=" + folder.resolve("checkpoints"))
                .load();
    }
}
