package io.sluice.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.broker.EmbeddedKafka;
import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.KafkaConfig;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import io.sluice.state.model.TrainerRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedRunsIT {

    private static EmbeddedKafka broker;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws IOException {
        broker = EmbeddedKafka.start(directory);
        producer =
                new KafkaProducer<>(
                        KafkaConfig.at(broker.bootstrap()).clientProperties(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void nobodyHasPublishedOnAnEmptyTopic() throws Exception {
        create("empty");

        assertThat(newest("empty")).isEqualTo(TrainerRun.NONE);
    }

    @Test
    void theLastManifestHasTheLineageAndWhatStandsBehindItCountsForTheEpoch() throws Exception {
        create("used");
        manifest("used", 1, 1);
        manifest("used", 4, 2);
        row("used", 5);
        tombstone("used");
        send(new ProducerRecord<>("used", new byte[] {1}, new byte[] {2}));
        producer.flush();

        assertThat(newest("used")).isEqualTo(new TrainerRun(5, 2));
    }

    @Test
    void aManifestFarFromTheEndIsFound() throws Exception {
        create("long");
        manifest("long", 3, 2);
        for (int i = 0; i < 6_500; i++) {
            row("long", 3);
        }
        producer.flush();

        assertThat(newest("long")).isEqualTo(new TrainerRun(3, 2));
    }

    @Test
    void rowsWithoutAnyManifestStillTakeTheirEpoch() throws Exception {
        create("torn");
        row("torn", 2);
        producer.flush();

        assertThat(newest("torn")).isEqualTo(new TrainerRun(2, 0));
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        assertThatThrownBy(() -> newest("missing"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("topic 'missing' doesn't exist");
    }

    private static TrainerRun newest(String topic) throws IOException {
        return new PublishedRuns(
                        new ConfigLoader()
                                .set("kafka.bootstrap=" + broker.bootstrap())
                                .set("topics.model=" + topic)
                                .load())
                .newest();
    }

    private static void create(String topic) throws Exception {
        try (Admin admin = Admin.create(KafkaConfig.at(broker.bootstrap()).clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void manifest(String topic, int epoch, int lineage) {
        PageVersion version = new PageVersion(epoch, 10);
        Manifest manifest = new Manifest(version, lineage, 1, 10, 2, 3, 4, 5, 6, "");
        send(topic, new Page(PageKind.MANIFEST, 0, version, PagePayloads.manifest(manifest)));
    }

    private static void row(String topic, int epoch) {
        byte[] row = PagePayloads.row(new float[3], 0, 2);
        send(topic, new Page(PageKind.ROW, 9, new PageVersion(epoch, 11), row));
    }

    private static void tombstone(String topic) {
        send(topic, new Page(PageKind.ROW, 9, new PageVersion(0, 0), null));
    }

    private static void send(String topic, Page page) {
        byte[] key = PageCodec.key(page.kind(), page.id());
        send(new ProducerRecord<>(topic, key, PageCodec.value(page)));
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record);
    }
}
