package io.sluice.state.feature.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Holds messages until event time has reached them.
 *
 * <p>They are let go entity by entity, those of one entity in their order, so that a record is
 * fetched once however much has happened to it; the entities in the order in which their messages
 * came. A message that comes behind the watermark waits with the others and is let go next.
 *
 * <p>Nothing is put in order that need not be: messages wait as they came, in chunks that know
 * their earliest time, and a chunk is looked through when something in it is due. O(1) a message
 * that comes roughly in the order of time; O(chunk) at worst. Not thread-safe.
 */
public final class EntityBuffer {

    private static final int CHUNK = 1024;

    private final List<Chunk> chunks = new ArrayList<>();
    private final Released released = new Released();
    private int size;

    /** Messages in the order in which they came. */
    private static final class Chunk {

        private final EntityMessage[] messages = new EntityMessage[CHUNK];
        private int size;
        private long earliest = Long.MAX_VALUE;

        void add(EntityMessage message) {
            messages[size++] = message;
            earliest = Math.min(earliest, message.time());
        }

        void release(long watermark, Released out) {
            int all = size;
            size = 0;
            earliest = Long.MAX_VALUE;
            for (int i = 0; i < all; i++) {
                if (messages[i].time() <= watermark) {
                    out.add(messages[i]);
                } else {
                    add(messages[i]);
                }
            }
            Arrays.fill(messages, size, all, null);
        }

        void addAll(Chunk other) {
            System.arraycopy(other.messages, 0, messages, size, other.size);
            size += other.size;
            earliest = Math.min(earliest, other.earliest);
        }
    }

    /** Takes a message in. */
    public void add(EntityMessage message) {
        Chunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        if (last == null || last.size == CHUNK) {
            last = new Chunk();
            chunks.add(last);
        }
        last.add(message);
        size++;
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
        int kept = 0;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            if (chunk.earliest <= watermark) {
                chunk.release(watermark, released);
            }
            if (kept > 0 && chunks.get(kept - 1).size + chunk.size <= CHUNK) {
                chunks.get(kept - 1).addAll(chunk);
            } else if (chunk.size > 0) {
                chunks.set(kept++, chunk);
            }
        }
        chunks.subList(kept, chunks.size()).clear();
        size -= released.size();
        released.forEachEntity(out);
        released.clear();
    }

    /** All that wait, in no order; a copy. */
    public Collection<EntityMessage> waiting() {
        List<EntityMessage> all = new ArrayList<>(size);
        for (Chunk chunk : chunks) {
            all.addAll(Arrays.asList(chunk.messages).subList(0, chunk.size));
        }
        return all;
    }

    /** How many messages wait. */
    public int size() {
        return size;
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
