package io.sluice.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsIT {

    @TempDir private static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(directory);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void missingTopicsAreCreatedAsTheyHaveToBe() throws Exception {
        SluiceConfig config = config("fresh", "topics.create=true");

        Topics.ensureForTraining(config);
        Topics.ensureForTraining(config);

        var described =
                admin.describeTopics(List.of("fresh-model", "fresh-impressions"))
                        .allTopicNames()
                        .get();
        assertThat(described.get("fresh-model").partitions()).hasSize(1);
        assertThat(described.get("fresh-impressions").partitions()).hasSize(3);
        assertThat(setting("fresh-model", "cleanup.policy")).isEqualTo("compact");
        assertThat(setting("fresh-scores", "cleanup.policy")).isEqualTo("delete");
        assertThat(setting("fresh-dead-letters", "max.message.bytes")).isEqualTo("16842752");
    }

    @Test
    void everyTopicThatIsNotAsItHasToBeIsNamedAtOnce() throws Exception {
        Map<String, String> compact = Map.of("cleanup.policy", "compact");
        Map<String, String> small = Map.of("max.message.bytes", "1000");
        admin.createTopics(
                        List.of(
                                new NewTopic("wrong-model", 2, (short) 1),
                                new NewTopic("wrong-impressions", 1, (short) 1).configs(compact),
                                new NewTopic("wrong-dead-letters", 1, (short) 1).configs(small)))
                .all()
                .get();

        assertThatThrownBy(() -> Topics.ensureForTraining(config("wrong", "topics.create=false")))
                .isInstanceOf(TopicsException.class)
                .hasMessageContaining("topic 'wrong-feedback' is missing")
                .hasMessageContaining("topic 'wrong-scores' is missing")
                .hasMessageContaining(
                        "topic 'wrong-model': cleanup.policy must be compact, found delete")
                .hasMessageContaining("topic 'wrong-model' must have 1 partition, found 2")
                .hasMessageContaining(
                        "topic 'wrong-impressions': cleanup.policy must be delete, found compact")
                .hasMessageContaining("max.message.bytes must be at least 16842752, found 1000");
    }

    @Test
    void theLargestDeadLetterFitsIntoItsTopic() throws Exception {
        SluiceConfig config = config("large", "topics.create=true");
        Topics.ensureForTraining(config);
        byte[] value = new byte[Topics.DEAD_LETTER_BYTES + 1];
        DeadLetter letter =
                new DeadLetter("t", 0, 0, null, value, Reason.TOO_LARGE, "x".repeat(100_000));
        ProducerRecord<byte[], byte[]> record =
                new DeadLetterSchema(config.topics().deadLetters(), "train")
                        .serialize(letter, null, 0L);

        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrap(),
                        "max.request.size",
                        Integer.toString(Topics.LARGEST_DEAD_LETTER));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThat(producer.send(record).get().serializedValueSize())
                    .isEqualTo(Topics.DEAD_LETTER_BYTES);
        }
    }

    @Test
    void theServersTablesAreCompactedAndSpread() throws Exception {
        SluiceConfig config = config("tables", "topics.create=true");

        Topics.ensureForServing(config);
        Topics.ensureForServing(config);

        var described = admin.describeTopics(List.of("tables-features")).allTopicNames().get();
        assertThat(described.get("tables-features").partitions()).hasSize(3);
        assertThat(setting("tables-features", "cleanup.policy")).isEqualTo("compact");
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }

    private static SluiceConfig config(String name, String create) {
        return new ConfigLoader()
                .set("kafka.bootstrap=" + kafka.bootstrap())
                .set("topics.impressions=" + name + "-impressions")
                .set("topics.feedback=" + name + "-feedback")
                .set("topics.features=" + name + "-features")
                .set("topics.model=" + name + "-model")
                .set("topics.scores=" + name + "-scores")
                .set("topics.deadLetters=" + name + "-dead-letters")
                .set("topics.partitions=3")
                .set(create)
                .load();
    }
}
