package io.sluice.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.rerank.Answer;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankReply;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.SlateValues;
import io.sluice.state.rank.Places;
import io.sluice.state.store.RankedRequest;
import io.sluice.state.store.SlateMemory;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImpressionLogTest {

    private final ServeMetrics metrics = new ServeMetrics();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void whatWasShownIsKeyedByItsRequestAndSentBeforeTheLogCloses() {
        try (ImpressionLog log = open()) {
            for (int i = 0; i < 500; i++) {
                show(log, "r" + i, 10);
            }
        }

        assertThat(producer.history())
                .hasSize(500)
                .extracting(ProducerRecord::key)
                .contains("r77".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(count("sent")).isEqualTo(500);
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void anEmptyListWasNotShown() {
        try (ImpressionLog log = open()) {
            RerankReply reply = new RerankReply("r", "", 0, List.of(), null);
            log.log(answer(request("r", 1), reply).impression());
        }

        assertThat(producer.history()).isEmpty();
    }

    @Test
    void whatKafkaRefusesIsCounted() {
        producer.sendException = new TimeoutException("no broker");
        try (ImpressionLog log = open()) {
            show(log, "r1", 3);
            show(log, "r2", 3);
        }

        assertThat(count("failed")).isEqualTo(2);
        assertThat(count("sent")).isZero();
    }

    @Test
    void whatFindsNoRoomIsDroppedAtOnceAndCounted() {
        // The producer holds back, as one does that looks for its broker: its lock is ours.
        int written = 0;
        try (ImpressionLog log = open()) {
            synchronized (producer) {
                while (count("failed") == 0) {
                    show(log, "r" + written++, 1000);
                }
            }
        }

        assertThat(count("failed")).isEqualTo(1);
        assertThat(count("sent")).isEqualTo(written - 1);
        assertThat(written * 40_000L).isGreaterThan(ImpressionLog.MOST_WAITING_BYTES / 2);
    }

    private ImpressionLog open() {
        return new ImpressionLog(producer, "impressions", Duration.ofSeconds(20), metrics);
    }

    private double count(String outcome) {
        return metrics.events("impressions", outcome).count();
    }

    private static void show(ImpressionLog log, String id, int items) {
        RerankRequest request = request(id, items);
        List<RankedItem> ranked =
                request.items().stream()
                        .map(item -> new RankedItem(item.id(), 1, 0.5, 0.5))
                        .toList();
        RerankReply reply = new RerankReply(id, "1.1", 5, ranked, null);
        log.log(answer(request, reply).impression());
    }

    private static Answer answer(RerankRequest request, RerankReply reply) {
        Places places =
                Places.of(java.util.stream.IntStream.range(0, request.items().size()).toArray());
        return new Answer(
                request,
                reply,
                new RankedRequest(reply, places, SlateValues.NONE, SlateMemory.NONE));
    }

    private static RerankRequest request(String id, int items) {
        List<Candidate> candidates =
                java.util.stream.IntStream.range(0, items)
                        .mapToObj(i -> new Candidate("item-" + i, Attributes.EMPTY))
                        .toList();
        return new RerankRequest(
                id, 1, "u", Attributes.EMPTY, candidates, 0, false, List.of(), List.of(), 0);
    }
}
