package io.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.serde.EventWriter;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class StandaloneClusterIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int EXAMPLES = 20_000;
    private static final int WINDOW = 1_000;

    /** The model and its memory of errors, and the model alone. */
    private static final int ARMS = 2;

    private static final Pattern ARM_AND_START =
            Pattern.compile("\"arm\":\"(\\w+)\".*\"from\":(\\d+)");

    @TempDir private Path directory;

    private BrokerProcess broker;
    private StandaloneCluster cluster;

    @BeforeEach
    void startProcesses() throws IOException, InterruptedException {
        broker =
                new BrokerProcess(
                        directory.resolve("kafka"), TARGET.resolve("sluice.jar").toString());
        cluster =
                new StandaloneCluster(
                        Files.createDirectories(directory.resolve("flink")),
                        TARGET.resolve("cluster/lib"));
    }

    @AfterEach
    void stopProcesses() {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void theThinJarTrainsOnACluster_survivesAKilledTaskManager_andContinuesFromASavepoint()
            throws IOException, InterruptedException, ExecutionException {
        Path pipeline = Files.writeString(directory.resolve("pipeline.yaml"), pipeline());

        String job = jobId(submit(pipeline, List.of()));
        produce(0, EXAMPLES);
        Manifest first = awaitExamples(EXAMPLES - slack());

        cluster.killTaskManager();
        produce(EXAMPLES, 2 * EXAMPLES);
        cluster.startTaskManager();
        Manifest second = awaitExamples(2 * EXAMPLES - slack());

        String stopped = cluster.flink("stop", job);
        Matcher savepoint = Pattern.compile("file:\\S+").matcher(stopped);
        assertThat(savepoint.find()).as(stopped).isTrue();
        submit(pipeline, List.of("-s", savepoint.group()));
        produce(2 * EXAMPLES, 3 * EXAMPLES);
        Manifest third = awaitExamples(3 * EXAMPLES - slack());

        assertThat(second.version().epoch()).isGreaterThan(first.version().epoch());
        assertThat(third.version().epoch()).isGreaterThan(second.version().epoch());
        assertThat(first.rows()).isPositive();
        awaitWindows(ARMS * (3 * EXAMPLES / WINDOW - 1));
        System.out.printf(
                "cluster: manifests %s, %s, %s; %d examples; every score window once%n",
                first.version(), second.version(), third.version(), third.examples());
    }

    /** The newest events wait for event time to pass them. */
    private static int slack() {
        return WINDOW;
    }

    private String submit(Path pipeline, List<String> options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("run", "-d"));
        arguments.addAll(options);
        arguments.addAll(
                List.of(
                        TARGET.resolve("sluice-job.jar").toString(),
                        "train",
                        "--config",
                        pipeline.toString()));
        return cluster.flink(arguments.toArray(new String[0]));
    }

    private static String jobId(String printed) {
        Matcher id = Pattern.compile("JobID ([0-9a-f]{32})").matcher(printed);
        assertThat(id.find()).as(printed).isTrue();
        return id.group(1);
    }

    private String pipeline() {
        return """
        kafka: {bootstrap: "%s"}
        topics: {partitions: 2}
        examples: {source: interactions}
        train: {checkpointIntervalMs: 1000, checkpointDir: "%s"}
        scores: {windowExamples: %d}
        memory: {mode: residual}
        """
                .formatted(broker.bootstrap(), directory.resolve("checkpoints").toUri(), WINDOW);
    }

    private void produce(int from, int to) throws InterruptedException, ExecutionException {
        Random random = new Random(from);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Future<RecordMetadata> last = null;
            for (int i = from; i < to; i++) {
                Interaction event =
                        new Interaction(
                                "%09d".formatted(i),
                                1_700_000_000_000L + 100L * i,
                                "u" + random.nextInt(500),
                                "i" + random.nextInt(200),
                                random.nextInt(2),
                                Double.NaN,
                                Attributes.EMPTY,
                                Attributes.EMPTY);
                last =
                        producer.send(
                                new ProducerRecord<>(
                                        "interactions",
                                        EventWriter.key(event),
                                        EventWriter.value(event)));
            }
            last.get();
        }
    }

    private Manifest awaitExamples(long examples) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("model")) {
            long end = System.nanoTime() + LIMIT.toNanos();
            Manifest newest = null;
            while (newest == null || newest.examples() < examples) {
                assertThat(System.nanoTime()).as("newest manifest: %s", newest).isLessThan(end);
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    Page page = PageCodec.decode(record.key(), record.value());
                    newest =
                            page.kind() == PageKind.MANIFEST
                                    ? PagePayloads.readManifest(page)
                                    : newest;
                }
            }
            return newest;
        }
    }

    /** Committed windows of both arms come once each, whatever was killed in between. */
    private void awaitWindows(int windows) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("scores")) {
            long end = System.nanoTime() + LIMIT.toNanos();
            Set<String> seen = new HashSet<>();
            while (seen.size() < windows) {
                assertThat(System.nanoTime()).as("windows seen: %s", seen).isLessThan(end);
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    String json = new String(record.value(), StandardCharsets.UTF_8);
                    Matcher window = ARM_AND_START.matcher(json);
                    assertThat(window.find()).as(json).isTrue();
                    String key = window.group(1) + " from " + window.group(2);
                    assertThat(seen.add(key)).as("window twice: %s", json).isTrue();
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String topic) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrap(),
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
