package io.sluice.jobs.view;

import io.sluice.operators.rerank.EventTimeWaits;
import io.sluice.state.codec.PageCodec;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.store.ServedModel;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The model topic: pages that become visible with the manifest behind them. */
final class FollowedModel implements FollowedView {

    private final ServedModel model;
    private final Consumer<FeatureSchema> schemas;
    private final ViewListener listener;
    private final EventTimeWaits waits;

    /**
     * Follows for a model.
     *
     * @param model nobody else may apply pages to it
     * @param schemas told of the schema with each publication
     * @param listener told of each publication
     * @param waits told of each publication, too
     */
    FollowedModel(
            ServedModel model,
            Consumer<FeatureSchema> schemas,
            ViewListener listener,
            EventTimeWaits waits) {
        this.waits = waits;
        this.model = model;
        this.schemas = schemas;
        this.listener = listener;
    }

    @Override
    public String name() {
        return "model";
    }

    /** One: a manifest closes what stands before it. */
    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public boolean isNeeded() {
        return true;
    }

    @Override
    public boolean isStale() {
        return false;
    }

    @Override
    public void rewind() throws IOException {
        model.rewind();
    }

    @Override
    public StreamPosition position(int partition) {
        return model.position();
    }

    @Override
    public void clear() throws IOException {
        model.clear();
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> record, StreamPosition behind)
            throws IOException {
        if (model.apply(PageCodec.decode(record.key(), record.value()), behind)) {
            schemas.accept(model.schema());
            listener.published(model.manifest(), System.currentTimeMillis());
            waits.published();
        }
    }

    @Override
    public void commit(boolean live) {
        // Each manifest commits.
    }
}
