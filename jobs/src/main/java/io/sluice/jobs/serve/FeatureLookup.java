package io.sluice.jobs.serve;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.CompactedTopic;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.CatalogueJson;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.CatalogueCodec;
import io.sluice.state.codec.EntityPageCodec;
import io.sluice.state.event.Attributes;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.stream.EntityPage;
import io.sluice.state.feature.stream.StreamExplainer;
import io.sluice.state.feature.stream.StreamPlan;
import io.sluice.state.store.Catalogue;
import io.sluice.state.store.HeapRecords;
import io.sluice.state.store.RecordKey;
import io.sluice.state.store.ServedCatalogue;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Answers a question about streaming features from Kafka, or by asking a server. */
public final class FeatureLookup {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private FeatureLookup() {}

    /**
     * Reads the topics of items, users and features once; keeps what the question is about and
     * nothing else. O(records) time.
     *
     * @throws IOException when a topic is missing or Kafka does not answer
     */
    public static String fromTopics(SluiceConfig config, FeatureQuestion question)
            throws IOException {
        Catalogue catalogue =
                new Catalogue(
                        catalogue(config, "items", config.topics().items(), question.item()),
                        catalogue(config, "users", config.topics().users(), question.user()),
                        config.limits().attributes());
        FeatureSchema schema = config.schema();
        Set<RecordKey> wanted = wanted(schema, question, catalogue);
        String topic = config.topics().features();
        ServedEntities entities = new ServedEntities(new HeapRecords(), schema, 1000);
        new CompactedTopic(config.kafka(), topic, "topics.features")
                .read(
                        record -> {
                            if (record.key() != null
                                    && wanted.contains(new RecordKey(record.key()))) {
                                entities.apply(
                                        record.partition(),
                                        record.key(),
                                        record.value(),
                                        behind(record));
                            }
                        });
        entities.commit();
        return new String(
                new FeatureReport(entities, catalogue, topic).answer(question),
                StandardCharsets.UTF_8);
    }

    private static StreamPosition behind(ConsumerRecord<byte[], byte[]> record) {
        return new StreamPosition(record.topic(), record.offset() + 1);
    }

    private static ServedCatalogue catalogue(
            SluiceConfig config, String name, String topic, String id) throws IOException {
        ServedCatalogue found = new ServedCatalogue(new HeapRecords(), 100);
        RecordKey wanted = new RecordKey(CatalogueCodec.key(id));
        new CompactedTopic(config.kafka(), topic, "topics." + name)
                .read(
                        record -> {
                            if (record.key() != null
                                    && wanted.equals(new RecordKey(record.key()))) {
                                apply(record, id, config, found);
                            }
                        });
        found.commit();
        return found;
    }

    private static void apply(
            ConsumerRecord<byte[], byte[]> record,
            String id,
            SluiceConfig config,
            ServedCatalogue into)
            throws IOException {
        if (record.value() == null) {
            into.remove(record.partition(), id, behind(record));
            return;
        }
        try {
            into.apply(
                    record.partition(),
                    CatalogueJson.parse(
                            record.key(), record.value(), config.limits(), record.timestamp()),
                    behind(record));
        } catch (BadInputException e) {
            throw new CorruptStateException(e.getMessage());
        }
    }

    /** The entities that the question names, whatever is known of them. */
    private static Set<RecordKey> wanted(
            FeatureSchema schema, FeatureQuestion question, Catalogue catalogue) {
        Set<RecordKey> keys = new HashSet<>();
        new StreamExplainer(
                        StreamPlan.of(schema),
                        (scope, key, record) -> {
                            keys.add(
                                    new RecordKey(
                                            EntityPageCodec.key(
                                                    new EntityPage(0, scope, key, null))));
                            return false;
                        })
                .explain(
                        question.time(),
                        question.user(),
                        catalogue.ofUser(question.user(), question.context()),
                        question.item(),
                        catalogue.ofItem(question.item(), Attributes.EMPTY));
        return keys;
    }

    /**
     * Asks a running server.
     *
     * @param url of the server, for instance {@code http://localhost:8080}
     * @throws IOException when it does not answer, or with a fault
     */
    public static String fromServer(String url, FeatureQuestion question) throws IOException {
        StringBuilder query = new StringBuilder(url.replaceAll("/+$", "")).append("/features?");
        query.append("user=").append(encode(question.user()));
        query.append("&item=").append(encode(question.item()));
        query.append("&at=").append(question.time());
        Attributes context = question.context();
        for (int i = 0; i < context.size(); i++) {
            query.append("&context.").append(encode(context.name(i)));
            query.append('=').append(encode(context.text(i)));
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(query.toString())).timeout(PATIENCE).build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(
                        "%s answered %d: %s"
                                .formatted(url, response.statusCode(), response.body()));
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + url, e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
