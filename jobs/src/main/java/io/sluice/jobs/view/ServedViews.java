package io.sluice.jobs.view;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.config.TopicsConfig;
import io.sluice.jobs.connect.Topics;
import io.sluice.jobs.lifecycle.Owned;
import io.sluice.operators.rerank.EventTimeWaits;
import io.sluice.operators.serde.Limits;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.store.Catalogue;
import io.sluice.state.store.ServedCatalogue;
import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.ServedTable;
import io.sluice.state.store.rocksdb.RocksRecords;
import io.sluice.state.store.rocksdb.RocksServedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that requests are answered from, each in a folder of its own. Closing it comes after closing
 * the followers.
 */
public final class ServedViews implements AutoCloseable {

    private final Owned owned = new Owned("the view");
    private final ServedModel model;
    private final ServedEntities entities;
    private final Catalogue catalogue;
    private final Limits limits;

    /** Opens what is on disk. */
    ServedViews(SluiceConfig config, Path directory) throws IOException {
        try {
            RocksServedRows rows =
                    owned.own(
                            new RocksServedRows(
                                    directory.resolve("model"), config.serve().hotRows()));
            RocksRecords records = owned.own(new RocksRecords(directory.resolve("features")));
            FeatureSchema published = ServedModel.schemaOf(rows);
            entities =
                    owned.own(
                            new ServedEntities(
                                    records,
                                    published == null ? config.schema() : published,
                                    config.serve().hotEntities()));
            model = owned.own(new ServedModel(rows, entities));
            catalogue =
                    new Catalogue(
                            openTable(config, directory.resolve("items")),
                            openTable(config, directory.resolve("users")),
                            config.limits().attributes());
        } catch (IOException | RuntimeException e) {
            owned.closeAfter(e);
            throw e;
        }
        limits = config.limits();
    }

    private ServedCatalogue openTable(SluiceConfig config, Path directory) throws IOException {
        RocksRecords records = owned.own(new RocksRecords(directory));
        return owned.own(new ServedCatalogue(records, config.serve().hotEntities()));
    }

    /** The model. */
    public ServedModel model() {
        return model;
    }

    /** What streaming features are read from. */
    public ServedEntities entities() {
        return entities;
    }

    /** What is known of items and users. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** The tables beside the model, by the names of their topics. */
    public Map<String, ServedTable> tables() {
        return Map.of("features", entities, "items", catalogue.items(), "users", catalogue.users());
    }

    /** Followers that do not follow yet. */
    Followers followers(
            SluiceConfig config, ViewClients clients, ViewListener listener, EventTimeWaits waits) {
        TopicsConfig topics = config.topics();
        Map<String, FollowedView> views = new LinkedHashMap<>();
        views.put(topics.model(), new FollowedModel(model, entities::adopt, listener, waits));
        views.put(topics.features(), new FollowedEntities(entities, listener));
        views.put(
                topics.items(),
                new FollowedCatalogue("items", catalogue.items(), limits, listener));
        views.put(
                topics.users(),
                new FollowedCatalogue("users", catalogue.users(), limits, listener));
        TopicPreparation preparation = new TopicPreparation(() -> Topics.ensureForServing(config));
        long maxLagMs = config.serve().readyMaxLagMs();
        List<TopicFollower> all = new ArrayList<>();
        views.forEach(
                (topic, view) ->
                        all.add(
                                new TopicFollower(
                                        view, clients, topic, maxLagMs, preparation, listener)));
        return new Followers(all);
    }

    @Override
    public void close() {
        owned.close();
    }
}
