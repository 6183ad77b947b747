package io.sluice.jobs.view;

import io.sluice.state.store.ServedEntities;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The features topic: one record for each entity, spread over partitions by its key. */
final class FollowedEntities extends FollowedTable<ServedEntities> {

    FollowedEntities(ServedEntities entities, ViewListener listener) {
        super("features", entities, listener);
    }

    @Override
    public boolean isNeeded() {
        return !table().plan().scopes().isEmpty();
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> record, StreamPosition behind)
            throws IOException {
        table().apply(record.partition(), record.key(), record.value(), behind);
    }
}
