package io.sluice.jobs.serve;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.config.TopicsConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.ServedTable;
import io.sluice.state.store.rocksdb.RocksRecords;
import io.sluice.state.store.rocksdb.RocksServedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * All that the server answers from, each in a folder of its own under {@code serve.directory}.
 * Closing it comes after closing the followers.
 */
final class ServedViews implements AutoCloseable {

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final ServedModel model;
    private final ServedEntities entities;

    /** Opens what is on disk. */
    ServedViews(SluiceConfig config) throws IOException {
        Path directory = Path.of(config.serve().directory());
        try {
            RocksServedRows rows =
                    own(new RocksServedRows(directory.resolve("model"), config.serve().hotRows()));
            RocksRecords records = own(new RocksRecords(directory.resolve("features")));
            FeatureSchema published = ServedModel.schemaOf(rows);
            entities =
                    new ServedEntities(
                            records,
                            published == null ? config.schema() : published,
                            config.serve().hotEntities());
            model = new ServedModel(rows, entities);
        } catch (IOException | RuntimeException e) {
            closeAll();
            throw e;
        }
        owned.clear();
        owned.push(entities);
        owned.push(model);
    }

    private <T extends AutoCloseable> T own(T part) {
        owned.push(part);
        return part;
    }

    ServedModel model() {
        return model;
    }

    ServedEntities entities() {
        return entities;
    }

    /** The tables beside the model, by the names of their topics. */
    Map<String, ServedTable> tables() {
        return Map.of("features", entities);
    }

    /** Followers that do not follow yet. */
    Followers followers(SluiceConfig config, ServeClients clients, ServeMetrics metrics) {
        TopicsConfig topics = config.topics();
        TopicPreparation preparation = new TopicPreparation(() -> Topics.ensureForServing(config));
        long maxLagMs = config.serve().readyMaxLagMs();
        List<TopicFollower> all = new ArrayList<>();
        all.add(
                new TopicFollower(
                        new FollowedModel(model, entities::adopt, metrics),
                        clients,
                        topics.model(),
                        maxLagMs,
                        preparation,
                        metrics));
        all.add(
                new TopicFollower(
                        new FollowedEntities(entities, metrics),
                        clients,
                        topics.features(),
                        maxLagMs,
                        preparation,
                        metrics));
        return new Followers(all);
    }

    private void closeAll() {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a view did not close", e);
            }
        }
    }

    @Override
    public void close() {
        closeAll();
    }
}
