package io.sluice.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.KafkaConfig;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTopicIT {
    private static EmbeddedKafka broker;
    private static KafkaConfig kafka;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws IOException {
        broker = EmbeddedKafka.start(directory);
        kafka = KafkaConfig.at(broker.bootstrap());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void givesAllPagesInTheirOrderAndEnds() throws Exception {
        create("pages");
        Page head = new Page(PageKind.HEAD, 0, new PageVersion(1, 5), new byte[] {1, 2, 3, 4});
        write("pages", PageCodec.key(PageKind.HEAD, 0), PageCodec.value(head));
        write("pages", PageCodec.key(PageKind.ROW, 7), null);

        List<String> seen = new ArrayList<>();
        new ModelTopic(kafka, "pages")
                .read(
                        (page, bytes) ->
                                seen.add(page.kind() + " " + page.isTombstone() + " " + bytes));

        assertThat(seen).containsExactly("HEAD false 31", "ROW true 9");
    }

    @Test
    void endsAtOnceWhenNothingIsPublished() throws Exception {
        create("nothing");

        List<Page> seen = new ArrayList<>();
        new ModelTopic(kafka, "nothing").read((page, bytes) -> seen.add(page));

        assertThat(seen).isEmpty();
    }

    @Test
    void namesTheTopicThatIsMissing() {
        assertThatThrownBy(() -> new ModelTopic(kafka, "missing").read((page, bytes) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("topic 'missing' doesn't exist at " + kafka.bootstrap())
                .hasMessageContaining("topics create");
    }

    @Test
    void namesThePlaceOfADamagedPage() throws Exception {
        create("damaged");
        write("damaged", PageCodec.key(PageKind.HEAD, 0), new byte[40]);

        assertThatThrownBy(() -> new ModelTopic(kafka, "damaged").read((page, bytes) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "topic 'damaged', partition 0, offset 0: model page: magic 00");
    }

    private static void create(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void write(String topic, byte[] key, byte[] value) throws Exception {
        Properties properties = kafka.clientProperties();
        properties.put("key.serializer", ByteArraySerializer.class);
        properties.put("value.serializer", ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }
}
