package io.sluice.jobs.rerank;

import static io.sluice.jobs.serve.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.cluster.LocalCluster;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.serve.RerankServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile requests through both doors: a few thousand with every build, 100,000 through each with
 * {@code mvn -B -Pfuzz verify}.
 */
class FuzzIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REQUESTS = Integer.getInteger("sluice.it.fuzz", 4000);
    private static final long SEED = Long.getLong("sluice.it.seed", 11);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(200 + REQUESTS / 100);
    private static final int CLIENTS = 4;
    private static final int SLOW = 20;

    /** Caches that fill and classes that load; what gathers would be a hundred times that. */
    private static final long FLAT_BYTES = 48L << 20;

    @TempDir private static Path directory;
    private static RerankFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new RerankFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void theServerAnswersEachWithAReason() throws Exception {
        SluiceConfig config = fixture.config("http");
        fixture.fill(config);
        try (RerankServer server = RerankServer.start(config)) {
            await("ready", server::isReady);
            URI uri = URI.create(server.url());
            List<Socket> slow = slow(uri);
            attack(uri, 0, REQUESTS / 4);
            long before = usedBytes();
            attack(uri, REQUESTS / 4, REQUESTS);
            long after = usedBytes();

            assertThat(after - before).as("bytes gathered").isLessThan(FLAT_BYTES);
            try (HostileClient client = new HostileClient(uri, 0)) {
                byte[] good = "{\"items\":[{\"id\":\"i1\"}]}".getBytes(StandardCharsets.UTF_8);
                assertThat(client.post("/rank", good, "a good one at the end")).isTrue();
            }
            for (Socket each : slow) {
                each.close();
            }
            System.out.printf(
                    "fuzz: %,d requests over HTTP, %,d bytes more on the heap at the end%n",
                    REQUESTS, after - before);
        }
    }

    /** Clients that begin a request and never finish it: they must not hold anybody up. */
    private static List<Socket> slow(URI uri) throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            String begun =
                    i % 2 == 0
                            ? "POST /rank HT"
                            : "POST /rank HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n{\"it";
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        return slow;
    }

    private static void attack(URI uri, int from, int to) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Integer>> all = new ArrayList<>();
        for (int c = 0; c < CLIENTS; c++) {
            int first = from + c;
            Callable<Integer> client = () -> attack(uri, first, to, SEED + first);
            all.add(clients.submit(client));
        }
        clients.shutdown();
        int accepted = 0;
        for (Future<Integer> each : all) {
            accepted += each.get();
        }
        // Neither all refused nor all let in, or nothing was tried.
        assertThat(accepted).isBetween((to - from) / 20, (to - from) * 3 / 4);
    }

    private static int attack(URI uri, int first, int to, long seed) throws IOException {
        int accepted = 0;
        Random random = new Random(seed);
        HostileBodies bodies = new HostileBodies(seed);
        try (HostileClient client = new HostileClient(uri, seed)) {
            for (int i = first; i < to; i += CLIENTS) {
                String means = "seed " + seed + ", request " + i;
                byte[] body = bodies.next("f" + i);
                int kind = random.nextInt(100);
                if (kind < 3) {
                    client.leave(body.length > 4096 ? new byte[9] : body);
                } else if (kind < 12) {
                    client.misbehave(means);
                } else {
                    String path = kind < 20 ? "/feedback" : "/rank";
                    accepted += client.post(path, body, means) ? 1 : 0;
                }
            }
        }
        return accepted;
    }

    @Test
    void theJobAnswersEachWithAReasonOrSetsItAside() throws Exception {
        SluiceConfig config = fixture.config("topic");
        fixture.fill(config);
        HostileBodies bodies = new HostileBodies(SEED);
        try (LocalCluster cluster = LocalCluster.start(new Configuration(), 2)) {
            JobID job = cluster.submit(RerankFixture.environment(config));
            fixture.awaitRunning(config);
            send(config, bodies, 0, REQUESTS / 4);
            awaitAll(config, REQUESTS / 4);
            long before = usedBytes();
            send(config, bodies, REQUESTS / 4, REQUESTS);
            awaitAll(config, REQUESTS);
            long after = usedBytes();

            Set<String> replied = new HashSet<>();
            for (ConsumerRecord<byte[], byte[]> reply :
                    fixture.topics.read(config.topics().rerankReplies())) {
                JsonNode json = JSON.readTree(reply.value());
                assertThat(json.get("request").asText()).isNotBlank();
                assertThat(json.has("items") || !json.at("/error/message").asText().isBlank())
                        .as(json.toString())
                        .isTrue();
                assertThat(replied.add(place(reply.headers()))).as("once").isTrue();
            }
            for (ConsumerRecord<byte[], byte[]> letter :
                    fixture.topics.read(config.topics().deadLetters())) {
                assertThat(letter.headers().lastHeader("reason").value()).isNotEmpty();
                assertThat(replied.add(place(letter.headers()))).as("either or").isTrue();
            }
            assertThat(replied).hasSize(REQUESTS + RerankFixture.PARTITIONS);
            assertThat(after - before).as("bytes gathered").isLessThan(FLAT_BYTES);
            assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
            System.out.printf(
                    "fuzz: %,d requests over Kafka, %,d bytes more on the heap at the end%n",
                    REQUESTS, after - before);
        }
    }

    private static String place(Headers headers) {
        return RerankFixture.text(headers.lastHeader("partition").value())
                + ":"
                + RerankFixture.text(headers.lastHeader("offset").value());
    }

    private static void send(SluiceConfig config, HostileBodies bodies, int from, int to) {
        for (int i = from; i < to; i++) {
            // Every third has no key that could stand in for an id.
            String key = i % 3 == 0 ? "" : "f" + i;
            fixture.topics.send(
                    config.topics().rerankRequests(),
                    i % RerankFixture.PARTITIONS,
                    key,
                    bodies.next("f" + i));
        }
        fixture.topics.flush();
    }

    private static void awaitAll(SluiceConfig config, int requests) {
        int all = requests + RerankFixture.PARTITIONS;
        long end = System.nanoTime() + LIMIT.toNanos();
        long found = found(config);
        while (found < all) {
            assertThat(System.nanoTime()).as("%d of %d are there", found, all).isLessThan(end);
            LockSupport.parkNanos(PAUSE.toNanos());
            found = found(config);
        }
    }

    /** Dead letters appear with a checkpoint; what they are read for costs more than replies. */
    private static long found(SluiceConfig config) {
        return fixture.topics.count(config.topics().rerankReplies())
                + fixture.topics.read(config.topics().deadLetters()).size();
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
