package io.sluice.jobs.view;

import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The features topic: one record for each entity, spread over partitions by its key. */
final class FollowedEntities implements FollowedView {

    private final ServedEntities entities;
    private final ViewListener listener;

    FollowedEntities(ServedEntities entities, ViewListener listener) {
        this.entities = entities;
        this.listener = listener;
    }

    @Override
    public String name() {
        return "features";
    }

    @Override
    public int partitions() {
        return 0;
    }

    @Override
    public boolean isNeeded() {
        return !entities.plan().scopes().isEmpty();
    }

    @Override
    public boolean isStale() {
        return entities.isStale();
    }

    @Override
    public void rewind() throws IOException {
        entities.rewind();
    }

    @Override
    public StreamPosition position(int partition) throws IOException {
        return entities.position(partition);
    }

    @Override
    public void clear() throws IOException {
        entities.clear();
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> record, StreamPosition behind)
            throws IOException {
        entities.apply(record.partition(), record.key(), record.value(), behind);
    }

    @Override
    public void commit(boolean live) throws IOException {
        entities.commit();
        long newest = entities.takeNewestFact();
        if (live && newest != Long.MIN_VALUE) {
            listener.fresh(name(), System.currentTimeMillis() - newest);
        }
    }
}
