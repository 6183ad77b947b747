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
final class FollowedCatalogue implements FollowedView {

    private final String name;
    private final ServedCatalogue catalogue;
    private final Limits limits;
    private final ViewListener listener;

    FollowedCatalogue(
            String name, ServedCatalogue catalogue, Limits limits, ViewListener listener) {
        this.name = name;
        this.catalogue = catalogue;
        this.limits = limits;
        this.listener = listener;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int partitions() {
        return 0;
    }

    /** Not all products have a catalogue. */
    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public boolean isStale() {
        return catalogue.isStale();
    }

    @Override
    public void rewind() throws IOException {
        catalogue.rewind();
    }

    @Override
    public StreamPosition position(int partition) throws IOException {
        return catalogue.position(partition);
    }

    @Override
    public void clear() throws IOException {
        catalogue.clear();
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> record, StreamPosition behind)
            throws IOException {
        int partition = record.partition();
        try {
            if (record.value() == null) {
                catalogue.remove(partition, CatalogueJson.id(record.key()), behind);
            } else {
                catalogue.apply(
                        partition,
                        CatalogueJson.parse(
                                record.key(), record.value(), limits, record.timestamp()),
                        behind);
            }
        } catch (BadInputException e) {
            catalogue.refuse(partition, behind);
            throw new CorruptStateException(e.getMessage());
        }
    }

    @Override
    public void commit(boolean live) throws IOException {
        catalogue.commit();
        long newest = catalogue.takeNewest();
        if (live && newest != Long.MIN_VALUE) {
            listener.fresh(name, System.currentTimeMillis() - newest);
        }
    }
}
