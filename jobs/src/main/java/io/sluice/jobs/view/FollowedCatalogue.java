package io.sluice.jobs.view;

import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.CatalogueJson;
import io.sluice.operators.serde.Limits;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.store.ServedCatalogue;
import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic of items or users: one entry for each id, in JSON; a null value removes it. */
final class FollowedCatalogue extends FollowedTable<ServedCatalogue> {

    private final Limits limits;

    FollowedCatalogue(
            String name, ServedCatalogue catalogue, Limits limits, ViewListener listener) {
        super(name, catalogue, listener);
        this.limits = limits;
    }

    /** Not all products have a catalogue. */
    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> record, StreamPosition behind)
            throws IOException {
        int partition = record.partition();
        try {
            if (record.value() == null) {
                table().remove(partition, CatalogueJson.id(record.key()), behind);
            } else {
                table().apply(
                                partition,
                                CatalogueJson.parse(
                                        record.key(), record.value(), limits, record.timestamp()),
                                behind);
            }
        } catch (BadInputException e) {
            table().refuse(partition, behind);
            throw new CorruptStateException(e.getMessage());
        }
    }
}
