package io.sluice.state.feature.stream;

import io.sluice.state.kernel.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages that are due, by entity: a chain of messages for each, found by open addressing (linear
 * probing, at most half full). O(1) a message, and O(n log n) for the n of one entity.
 *
 * <p>Scratch of an {@link EntityBuffer}; not thread-safe.
 */
final class Released {

    private static final int SMALLEST = 256;

    // -- by message
    private EntityMessage[] messages = new EntityMessage[SMALLEST];
    private int[] next = new int[SMALLEST]; // message of the same entity + 1, 0 = none
    private int size;

    // -- by entity, in the order in which they came
    private int[] first = new int[SMALLEST];
    private int[] last = new int[SMALLEST];
    private int[] slots = new int[SMALLEST]; // its place in the table
    private int entities;

    private int[] table = new int[2 * SMALLEST]; // entity + 1, 0 = free
    private final List<EntityMessage> one = new ArrayList<>();

    int size() {
        return size;
    }

    void add(EntityMessage message) {
        if (size == messages.length) {
            grow();
        }
        int at = size++;
        messages[at] = message;
        next[at] = 0;
        int slot = slot(message);
        int entity = table[slot] - 1;
        if (entity < 0) {
            entity = entities++;
            table[slot] = entity + 1;
            slots[entity] = slot;
            first[entity] = at;
        } else {
            next[last[entity]] = at + 1;
        }
        last[entity] = at;
    }

    /** Where the message's entity stands in the table, or would. */
    private int slot(EntityMessage message) {
        int mask = table.length - 1;
        int slot = (int) Hashing.mix(message.key() + message.scope()) & mask;
        while (table[slot] != 0 && !isSame(messages[first[table[slot] - 1]], message)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static boolean isSame(EntityMessage one, EntityMessage other) {
        return one.key() == other.key() && one.scope() == other.scope();
    }

    private void grow() {
        messages = Arrays.copyOf(messages, 2 * size);
        next = Arrays.copyOf(next, 2 * size);
        first = Arrays.copyOf(first, 2 * size);
        last = Arrays.copyOf(last, 2 * size);
        slots = Arrays.copyOf(slots, 2 * size);
        table = new int[4 * size];
        for (int entity = 0; entity < entities; entity++) {
            slots[entity] = slot(messages[first[entity]]);
            table[slots[entity]] = entity + 1;
        }
    }

    <E extends Exception> void forEachEntity(EntityBuffer.Entity<E> out) throws E {
        for (int entity = 0; entity < entities; entity++) {
            one.clear();
            for (int at = first[entity] + 1; at > 0; at = next[at - 1]) {
                one.add(messages[at - 1]);
            }
            if (one.size() > 1) {
                one.sort(EntityMessage.ORDER);
            }
            out.take(one);
        }
        one.clear();
    }

    void clear() {
        for (int entity = 0; entity < entities; entity++) {
            table[slots[entity]] = 0;
        }
        Arrays.fill(messages, 0, size, null);
        size = 0;
        entities = 0;
    }
}
