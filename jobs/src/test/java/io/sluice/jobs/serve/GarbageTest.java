package io.sluice.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.config.ServeConfig;
import io.sluice.operators.rerank.EventTimeWaits;
import io.sluice.operators.rerank.RequestAnswerer;
import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.Limits;
import io.sluice.state.model.Page;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.Ranker;
import io.sluice.state.store.Catalogue;
import io.sluice.state.store.HeapRecords;
import io.sluice.state.store.HeapServedRows;
import io.sluice.state.store.ServedCatalogue;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.StreamPosition;
import io.sluice.state.store.ViewRanker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Whatever comes in, an answer comes back that says what it is. */
class GarbageTest {

    private static final int REQUESTS = 4000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Limits LIMITS = new Limits(4096, 50, 20, 200, 631_152_000_000L, 3_600_000);
    private static final String RANK =
            "{\"request\":\"r1\",\"timestamp\":%d,\"user\":\"u1\",\"context\":{\"device\":\"d\",\"n\":1.5},"
                    + "\"items\":[{\"id\":\"i1\",\"features\":{\"genre\":[\"a\",\"b\"]}},{\"id\":\"i2\"}],"
                    + "\"k\":2,\"explain\":true,\"pinned\":[\"i2\"],\"exclude\":[\"i3\"],\"deadlineMs\":100}";
    private static final String FEEDBACK =
            "{\"request\":\"r1\",\"timestamp\":%d,\"user\":\"u1\",\"item\":\"i1\",\"kind\":\"click\",\"value\":2.5}";
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "NaN",
                    "0",
                    "\"\"",
                    "\"items\":",
                    "\\u0000",
                    "\\ud800",
                    "99999999999999999999",
                    "\u00fc");

    @Test
    void everyRequestIsAnsweredByAReplyOrByAReason() throws Exception {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        ServeMetrics metrics = new ServeMetrics();
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(
                        true, null, new ByteArraySerializer(), new ByteArraySerializer());
        ImpressionLog impressions =
                new ImpressionLog(producer, "impressions", Duration.ofSeconds(5), metrics);
        ServedModel model = model();
        Map<String, Endpoint> endpoints =
                Map.of(
                        "/rank",
                        new RankEndpoint(
                                new RequestAnswerer(
                                        new Catalogue(
                                                new ServedCatalogue(new HeapRecords(), 0),
                                                new ServedCatalogue(new HeapRecords(), 0),
                                                200),
                                        new ViewRanker(model, new Ranker(new Exploration(0.5, 1))),
                                        new RequestAnswerer.Waiting(
                                                new EventTimeWaits(() -> Long.MIN_VALUE),
                                                0,
                                                Runnable::run)),
                                LIMITS,
                                impressions,
                                metrics),
                        "/feedback",
                        new FeedbackEndpoint(
                                new EventParser(LIMITS, Set.of("click"), Double.NaN),
                                new FeedbackSender(producer, "feedback", metrics)));
        ServeConfig config =
                new ServeConfig("127.0.0.1", 0, "unused", 0, 0, 0, 4096, 50, 4, 10, 0, 2000, 1000);
        HttpClient client = HttpClient.newHttpClient();
        int refused = 0;
        try (model;
                metrics;
                impressions;
                HttpFront front = new HttpFront(config, endpoints, metrics)) {
            front.start();
            for (int i = 0; i < REQUESTS; i++) {
                boolean rank = random.nextBoolean();
                String original = (rank ? RANK : FEEDBACK).formatted(System.currentTimeMillis());
                byte[] body = mutate(original.getBytes(StandardCharsets.UTF_8), random);
                URI uri =
                        URI.create(
                                "http://127.0.0.1:"
                                        + front.port()
                                        + (rank ? "/rank" : "/feedback"));
                HttpResponse<String> response =
                        client.send(
                                HttpRequest.newBuilder(uri)
                                        .timeout(Duration.ofSeconds(20))
                                        .POST(BodyPublishers.ofByteArray(body))
                                        .build(),
                                BodyHandlers.ofString());
                refused += check(response, "seed " + seed + ", request " + i);
            }
        }
        assertThat(refused).as("seed " + seed).isBetween(REQUESTS / 4, REQUESTS - REQUESTS / 50);
    }

    private static int check(HttpResponse<String> response, String means) throws IOException {
        JsonNode json = JSON.readTree(response.body());
        int status = response.statusCode();
        if (status == 200 || status == 202) {
            assertThat(json.has(status == 200 ? "items" : "accepted")).as(means).isTrue();
            return 0;
        }
        assertThat(status).as(means + ": " + response.body()).isIn(400, 413);
        assertThat(json.get("error").get("message").asText()).as(means).isNotBlank();
        assertThat(response.body()).as(means).doesNotContain("Exception");
        return 1;
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] body = original;
        int mutations = random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            int at = random.nextInt(body.length + 1);
            int cut = random.nextInt(3) == 0 ? random.nextInt(body.length - at + 1) : 0;
            byte[] insert =
                    switch (random.nextInt(5)) {
                        case 0 -> new byte[] {(byte) random.nextInt(256)};
                        case 1 -> new byte[random.nextInt(20) == 0 ? 5000 : 0];
                        case 2 -> new byte[0];
                        default ->
                                PIECES.get(random.nextInt(PIECES.size()))
                                        .getBytes(StandardCharsets.UTF_8);
                    };
            ByteArrayOutputStream next = new ByteArrayOutputStream();
            next.write(body, 0, at);
            next.writeBytes(insert);
            next.write(body, at + cut, body.length - at - cut);
            body = next.toByteArray();
        }
        return body;
    }

    private static ServedModel model() throws IOException {
        TestTrainer trainer = new TestTrainer();
        trainer.learn(100);
        List<Page> pages = new ArrayList<>();
        trainer.publish(pages::add);
        ServedModel model = new ServedModel(new HeapServedRows());
        for (int i = 0; i < pages.size(); i++) {
            model.apply(pages.get(i), new StreamPosition("topic", i + 1));
        }
        return model;
    }
}
