package io.sluice.jobs.view;

import io.sluice.state.store.StreamPosition;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a topic is folded into. All but the first three are called by one thread, that of its {@link
 * TopicFollower}.
 */
interface FollowedView {

    /** What the topic carries, as in the key {@code topics.<name>}. */
    String name();

    /** Partitions that the topic must have; 0 for any number. */
    int partitions();

    /** Whether answers suffer without the topic; otherwise one that does not exist is empty. */
    boolean isNeeded();

    /** Whether the view became another one, so that reading has to begin again by a rewind. */
    boolean isStale();

    /** Forgets what was applied and not committed, to go on from {@link #position}. */
    void rewind() throws IOException;

    /** Where to go on reading a partition; null for its start. */
    StreamPosition position(int partition) throws IOException;

    /** Forgets everything: the topic is read from its start. */
    void clear() throws IOException;

    /**
     * Takes a record.
     *
     * @param behind the position behind it
     * @throws io.sluice.state.check.CorruptStateException when it cannot be used, and the next one
     *     can
     */
    void apply(ConsumerRecord<byte[], byte[]> record, StreamPosition behind) throws IOException;

    /**
     * Shows and keeps what was applied.
     *
     * @param live whether the end of the topic was reached before, so that records are new ones
     */
    void commit(boolean live) throws IOException;
}
