package io.sluice.jobs.serve;

import static io.sluice.jobs.serve.TestClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.serde.EventParser;
import io.sluice.operators.serde.Limits;
import io.sluice.operators.serde.TopicKind;
import io.sluice.state.event.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads back what a server wrote to a topic. */
final class TestTopic {

    private TestTopic() {}

    /** Waits for the first event on a topic of one partition, which must be its only one. */
    static StreamEvent onlyEvent(String bootstrap, String topic, TopicKind kind) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        EventParser parser = new EventParser(Limits.DEFAULT, Set.of("click"), Double.NaN);
        List<StreamEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await(
                    "an event in " + topic,
                    () -> {
                        for (ConsumerRecord<byte[], byte[]> record :
                                consumer.poll(Duration.ofMillis(50))) {
                            events.add(
                                    parser.parse(
                                                    kind,
                                                    topic,
                                                    0,
                                                    record.offset(),
                                                    record.timestamp(),
                                                    record.key(),
                                                    record.value())
                                            .event());
                        }
                        return !events.isEmpty();
                    });
        }
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
