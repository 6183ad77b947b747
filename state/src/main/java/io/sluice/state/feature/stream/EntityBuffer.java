package io.sluice.state.feature.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Holds messages until event time has reached them.
 *
 * <p>They are let go entity by entity, those of one entity in their order, so that a record is
 * fetched once however much has happened to it. A message that comes behind the watermark waits
 * with the others and is let go next. O(log n) a message. Not thread-safe.
 */
public final class EntityBuffer {

    private static final Comparator<EntityMessage> BY_TIME =
            Comparator.comparingLong(EntityMessage::time);
    private static final Comparator<EntityMessage> BY_ENTITY =
            Comparator.comparingInt(EntityMessage::scope)
                    .thenComparingLong(EntityMessage::key)
                    .thenComparing(EntityMessage.ORDER);

    private final PriorityQueue<EntityMessage> waiting = new PriorityQueue<>(BY_TIME);
    private final List<EntityMessage> released = new ArrayList<>();

    /** Takes a message in. */
    public void add(EntityMessage message) {
        waiting.add(message);
    }

    /**
     * Takes out all messages that are not later than the watermark.
     *
     * @param out takes the messages of one entity, in their order, in a list that is valid until it
     *     returns
     * @throws E as {@code out} does
     */
    public <E extends Exception> void release(long watermark, Entity<E> out) throws E {
        released.clear();
        while (!waiting.isEmpty() && waiting.peek().time() <= watermark) {
            released.add(waiting.remove());
        }
        released.sort(BY_ENTITY);
        int from = 0;
        while (from < released.size()) {
            int to = from + 1;
            while (to < released.size() && isSameEntity(released.get(from), released.get(to))) {
                to++;
            }
            out.take(released.subList(from, to));
            from = to;
        }
        released.clear();
    }

    private static boolean isSameEntity(EntityMessage one, EntityMessage other) {
        return one.scope() == other.scope() && one.key() == other.key();
    }

    /** All that wait, in no order; a view. */
    public Collection<EntityMessage> waiting() {
        return Collections.unmodifiableCollection(waiting);
    }

    /** How many messages wait. */
    public int size() {
        return waiting.size();
    }

    /**
     * Takes the messages of one entity.
     *
     * @param <E> what may go wrong
     */
    @FunctionalInterface
    public interface Entity<E extends Exception> {

        /** Takes them; at least one. */
        void take(List<EntityMessage> messages) throws E;
    }
}
