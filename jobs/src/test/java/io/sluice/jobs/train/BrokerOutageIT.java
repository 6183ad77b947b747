package io.sluice.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Backlog;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.serve.RerankServer;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.ScoreJson;
import io.sluice.state.learner.Scored;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away under a running job and a running server, and comes back. */
class BrokerOutageIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int HALF = 400;

    @TempDir private Path directory;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void nothingIsLostOrDoubledAndTheServerStaysUpAndCatchesUp() throws Exception {
        Path logs = directory.resolve("kafka");
        EmbeddedKafka kafka = EmbeddedKafka.start(logs);
        SluiceConfig config = config(kafka);
        Topics.ensureForTraining(config);
        try (LocalCluster cluster = LocalCluster.start(new Configuration(), 2);
                RerankServer server = RerankServer.start(config)) {
            JobID job = cluster.submit(environment(config));
            send(config, 0, HALF);
            await("the first half", () -> examples(server) == HALF);
            await("ready", server::isReady);

            kafka.close();
            HttpResponse<String> list = post(server, "/rank", rank("during"));
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(list.body()).contains("\"degraded\":null");
            assertThat(post(server, "/feedback", click("during")).statusCode()).isEqualTo(503);
            assertThat(get(server, "/ready").statusCode()).isEqualTo(200);

            kafka = EmbeddedKafka.reopen(logs, kafka.port());
            send(config, HALF, 2 * HALF);
            await("the second half", () -> examples(server) == 2 * HALF);
            cluster.stop(job, directory.resolve("savepoints").toUri().toString());

            try (TestTopics topics = new TestTopics(config.kafka().bootstrap())) {
                assertThat(sequences(topics.read(config.topics().scores())))
                        .containsExactlyElementsOf(LongStream.range(0, 2 * HALF).boxed().toList());
                assertThat(topics.read(config.topics().deadLetters())).isEmpty();
                topics.await(
                        config.topics().impressions(),
                        LIMIT,
                        shown -> shown.size() == 1 && text(shown.get(0)).contains("\"during\""));
            }
            assertThat(server.isReady()).isTrue();
            assertThat(post(server, "/feedback", click("after")).statusCode()).isEqualTo(202);
        } finally {
            kafka.close();
        }
    }

    private SluiceConfig config(EmbeddedKafka kafka) {
        return new ConfigLoader()
                .set("name=outage")
                .set("kafka.bootstrap=" + kafka.bootstrap())
                .set("topics.partitions=2")
                .set("examples.source=interactions")
                .set("scores.detail=examples")
                .set("train.idleMs=500")
                .set("train.checkpointIntervalMs=300")
                .set("train.checkpointDir=" + directory.resolve("checkpoints"))
                .set("serve.port=0")
                .set("serve.directory=" + directory.resolve("store"))
                .load();
    }

    private static StreamExecutionEnvironment environment(SluiceConfig config) {
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(new Configuration());
        TrainingJob.define(environment, config, TrainingJob.Mode.UNBOUNDED, Backlog.NONE);
        return environment;
    }

    private void send(SluiceConfig config, int from, int to) {
        try (TestTopics topics = new TestTopics(config.kafka().bootstrap())) {
            for (int n = from; n < to; n++) {
                topics.send(
                        config.topics().interactions(),
                        "u" + n % 7,
                        "{\"request\":\"n%d\",\"timestamp\":%d,\"user\":\"u%d\",\"item\":\"i%d\",\"label\":%d}"
                                .formatted(n, System.currentTimeMillis(), n % 7, n % 11, n % 2));
            }
            topics.flush();
        }
    }

    private static List<Long> sequences(List<ConsumerRecord<byte[], byte[]>> records)
            throws BadInputException {
        List<Scored> scores = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ScoreJson.read(record.value(), window -> {}, scores::add);
        }
        return scores.stream().map(Scored::sequence).toList();
    }

    private static String rank(String request) {
        return "{\"request\":\"%s\",\"user\":\"u1\",\"items\":[{\"id\":\"i1\"},{\"id\":\"i2\"}]}"
                .formatted(request);
    }

    private static String click(String request) {
        return "{\"request\":\"%s\",\"item\":\"i1\",\"kind\":\"click\"}".formatted(request);
    }

    private HttpResponse<String> post(RerankServer server, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(RerankServer server, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                BodyHandlers.ofString());
    }

    private static long examples(RerankServer server) {
        return server.model().manifest() == null ? -1 : server.model().manifest().examples();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
