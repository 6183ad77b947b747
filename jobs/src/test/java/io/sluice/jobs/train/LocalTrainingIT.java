package io.sluice.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.ModelTopic;
import io.sluice.jobs.connect.Topics;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.PageKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTrainingIT {
    private static final int EXAMPLES = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path directory;

    @Test
    void goesOnFromTheNewestCheckpointAfterItWasStopped() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("broker"))) {
            SluiceConfig config = config(broker);
            Topics.create(config);
            write(config, 0, EXAMPLES);
            List<String> said = Collections.synchronizedList(new ArrayList<>());
            CheckpointFolder folder = CheckpointFolder.of(config);

            Thread first = start(config, said);
            awaitCheckpoint(folder, first);
            stop(first);
            String checkpoint = folder.startingPoint("newest").orElseThrow();
            write(config, EXAMPLES, 2 * EXAMPLES);
            Thread second = start(config, said);
            Manifest newest = awaitExamples(config, 2 * EXAMPLES, second);
            stop(second);

            assertThat(said).hasSize(2);
            assertThat(said.get(0)).contains("'local' from the earliest record");
            assertThat(said.get(1)).contains("'local' from " + checkpoint);
            // Nothing was learnt twice, and the pages say that the trainer was restored.
            assertThat(newest.examples()).isEqualTo(2 * EXAMPLES);
            assertThat(newest.version().epoch()).isEqualTo(2);
        }
    }

    private SluiceConfig config(EmbeddedKafka broker) {
        return new ConfigLoader()
                .set("name=local")
                .set("kafka.bootstrap=" + broker.bootstrap())
                .set("topics.partitions=1")
                .set("examples.source=interactions")
                // In the order of events the last one would wait for a later one.
                .set("train.order=arrival")
                .set("train.checkpointIntervalMs=200")
                .set("train.checkpointDir=\"" + directory.resolve("checkpoints") + "\"")
                .load();
    }

    private static Thread start(SluiceConfig config, List<String> said) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                new LocalTraining(config, TrainingJob.Mode.UNBOUNDED, said::add)
                                        .run("newest");
                            } catch (InterruptedException e) {
                                // This is how it is stopped.
                                Thread.currentThread().interrupt();
                            } catch (ExecutionException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        "local-training");
        thread.start();
        return thread;
    }

    private static void awaitCheckpoint(CheckpointFolder folder, Thread training) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (folder.startingPoint("newest").isEmpty()) {
            pause(training, deadline);
        }
    }

    private static Manifest awaitExamples(SluiceConfig config, long examples, Thread training)
            throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Manifest newest = newestManifest(config);
        while (newest == null || newest.examples() < examples) {
            pause(training, deadline);
            newest = newestManifest(config);
        }
        return newest;
    }

    private static void pause(Thread training, long deadline) {
        assertThat(training.isAlive()).as("training goes on").isTrue();
        assertThat(System.nanoTime()).as("time of what is waited for").isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }

    private static void stop(Thread training) throws InterruptedException {
        training.interrupt();
        training.join(PATIENCE.toMillis());
        assertThat(training.isAlive()).as("training goes on after it was stopped").isFalse();
    }

    private static void write(SluiceConfig config, int from, int to)
            throws InterruptedException, ExecutionException {
        Properties properties = config.kafka().clientProperties();
        properties.put("key.serializer", ByteArraySerializer.class);
        properties.put("value.serializer", ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                String event =
                        "{\"timestamp\":%d,\"user\":\"u%d\",\"item\":\"i%d\",\"label\":%d}"
                                .formatted(1_700_000_000_000L + i * 1000L, i % 7, i % 5, i % 2);
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        config.topics().interactions(),
                                        event.getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<?> record : sent) {
                record.get();
            }
        }
    }

    private static Manifest newestManifest(SluiceConfig config) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        new ModelTopic(config.kafka(), config.topics().model())
                .read(
                        (page, bytes) -> {
                            if (page.kind() == PageKind.MANIFEST) {
                                manifests.add(PagePayloads.readManifest(page));
                            }
                        });
        return manifests.isEmpty() ? null : manifests.get(manifests.size() - 1);
    }
}
