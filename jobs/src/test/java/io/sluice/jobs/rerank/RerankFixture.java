package io.sluice.jobs.rerank;

import static io.sluice.jobs.serve.TestClient.await;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.serve.TestFeatures;
import io.sluice.jobs.serve.TestTrainer;
import io.sluice.jobs.train.TestTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a model and a catalogue for the rerank job, and what reads back what it wrote. */
final class RerankFixture implements AutoCloseable {

    static final int PARTITIONS = 3;

    private final Path directory;
    private final EmbeddedKafka kafka;
    final TestTopics topics;

    RerankFixture(Path directory) throws IOException {
        this.directory = directory;
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        topics = new TestTopics(kafka.bootstrap());
    }

    /** A pipeline with topics of its own. */
    SluiceConfig config(String name) {
        ConfigLoader loader =
                new ConfigLoader()
                        .set("name=" + name)
                        .set("kafka.bootstrap=" + kafka.bootstrap())
                        .set("topics.partitions=" + PARTITIONS)
                        .set("train.checkpointIntervalMs=200")
                        .set(
                                "train.checkpointDir=\""
                                        + directory.resolve(name + "-checkpoints")
                                        + "\"")
                        .set("serve.port=0")
                        .set("serve.exploration=0.3")
                        .set("serve.maxWaitMs=300")
                        .set("serve.directory=" + directory.resolve(name + "-server"))
                        .set("rerank.directory=" + directory.resolve(name + "-job"))
                        .set("rerank.parallelism=2")
                        .set(TestFeatures.SETTING);
        for (String topic :
                List.of(
                        "impressions",
                        "feedback",
                        "items",
                        "users",
                        "features",
                        "model",
                        "rerankRequests",
                        "rerankReplies",
                        "deadLetters")) {
            loader.set("topics." + topic + "=" + topic + "-" + name);
        }
        return loader.load();
    }

    /** All topics, a model, streaming features and two items of the catalogue. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing the producer waits for all
    void fill(SluiceConfig config) {
        Topics.create(config);
        TestTrainer trainer = new TestTrainer();
        trainer.learn(500);
        trainer.publish(kafka.bootstrap(), config.topics().model());
        TestFeatures features = new TestFeatures(config.schema());
        features.happen(200, System.currentTimeMillis());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            features.publish(config.topics().features(), record -> producer.send(record));
        }
        for (String item : List.of("i1", "i3")) {
            String entry =
                    "{\"id\":\"%s\",\"timestamp\":1700000000000,\"features\":{\"price\":3}}"
                            .formatted(item);
            byte[] value = entry.getBytes(StandardCharsets.UTF_8);
            topics.send(config.topics().items(), null, item, value);
        }
        topics.flush();
    }

    /** The job, ready to be submitted. */
    static StreamExecutionEnvironment environment(SluiceConfig config) {
        return RerankJob.environment(config);
    }

    /** The newest whole checkpoint; old ones are deleted while one looks. */
    static Optional<String> newestCheckpoint(SluiceConfig config) {
        Path checkpoints = Path.of(config.train().checkpointDir().orElseThrow());
        while (Files.exists(checkpoints)) {
            try (Stream<Path> files = Files.walk(checkpoints)) {
                return files.filter(file -> file.endsWith("_metadata"))
                        .max(Comparator.comparing(file -> file.toFile().lastModified()))
                        .map(file -> file.getParent().toUri().toString());
            } catch (IOException | UncheckedIOException e) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return Optional.empty();
    }

    /** Replies by request, each list in the order of the topic. */
    Map<String, List<String>> replies(SluiceConfig config) {
        return values(config.topics().rerankReplies());
    }

    /** Values of a topic by their keys. */
    Map<String, List<String>> values(String topic) {
        Map<String, List<String>> values = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.read(topic)) {
            values.computeIfAbsent(text(record.key()), key -> new ArrayList<>())
                    .add(text(record.value()));
        }
        return values;
    }

    /** Waits until each of these has a reply. */
    Map<String, List<String>> awaitReplies(SluiceConfig config, Collection<String> requests) {
        await("replies to " + requests, () -> replies(config).keySet().containsAll(requests));
        return replies(config);
    }

    /** Waits until a task answers each partition: what comes then was read by nobody before. */
    void awaitRunning(SluiceConfig config) {
        String body = "{\"request\":\"ready%d\",\"items\":[{\"id\":\"i1\"}]}";
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            ids.add("ready" + i);
            byte[] value = body.formatted(i).getBytes(StandardCharsets.UTF_8);
            topics.send(config.topics().rerankRequests(), i, "ready", value);
        }
        var unused = awaitReplies(config, ids);
    }

    static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        topics.close();
        kafka.close();
    }
}
