package io.sluice.state.feature.stream;

import io.sluice.state.feature.RowKeys;
import io.sluice.state.kernel.Hashing;
import java.util.Arrays;
import java.util.List;

/**
 * All that is kept for one sort of entity (a user, a user and a genre, …): which fields name the
 * entity, and what its record holds.
 *
 * <p>A record is {@link #words} longs: the time of the last fact plus one (0: none), then the
 * aggregates. An entity whose last fact is older than {@link #lifeMs} is empty, whether its record
 * is still there or not: so its value never depends on when somebody cleaned up.
 */
public final class EntityScope {

    private final int index;
    private final List<String> parts;
    private final int[] fields;
    private final boolean perItem;
    private final long seed;
    private final long lifeMs;
    private final List<Slot> slots;
    private final Slot[] inOrder;
    private final int words;

    EntityScope(
            int index,
            List<String> parts,
            int[] fields,
            boolean perItem,
            long sessionGapMs,
            long lifeMs,
            List<Slot> slots) {
        this.index = index;
        this.parts = parts;
        this.fields = fields;
        this.perItem = perItem;
        this.lifeMs = lifeMs;
        this.slots = slots;
        inOrder = slots.toArray(Slot[]::new);
        long hash = Hashing.number(0, sessionGapMs);
        for (String part : parts) {
            hash = Hashing.text(hash, part);
        }
        seed = hash;
        int end = 1;
        for (Slot slot : slots) {
            end += slot.aggregate().words();
        }
        words = end;
    }

    /** Its place in {@link StreamPlan#scopes}. */
    public int index() {
        return index;
    }

    /** Names of the features whose values name an entity. */
    public List<String> parts() {
        return parts;
    }

    /** Words of a record. */
    public int words() {
        return words;
    }

    /** Milliseconds after its last fact at which an entity is forgotten. */
    public long lifeMs() {
        return lifeMs;
    }

    /** Whether its entities differ between the items of one request. */
    public boolean perItem() {
        return perItem;
    }

    int[] fields() {
        return fields;
    }

    List<Slot> slots() {
        return slots;
    }

    /** What the key of an entity begins with. */
    long seed() {
        return seed;
    }

    /** Goes on from a prefix of parts to the next part. */
    static long extend(long prefix, long partKey) {
        return Hashing.number(prefix, partKey);
    }

    /** Key of the entity of all parts. */
    static long close(long prefix) {
        return RowKeys.of(prefix);
    }

    /** Key of the entity with one part of this value. */
    long entity(long partKey) {
        return close(extend(seed, partKey));
    }

    /** Whether a record says nothing at a time. */
    boolean isEmpty(long[] record, long now) {
        return isEmpty(record, 0, now);
    }

    /** Whether the record that begins somewhere in an array says nothing at a time. */
    boolean isEmpty(long[] records, int from, long now) {
        return records[from] == 0 || now - (records[from] - 1) > lifeMs;
    }

    /** Time of a record's last fact; {@link Long#MIN_VALUE} when it has none. */
    public long lastFact(long[] record) {
        return record[0] == 0 ? Long.MIN_VALUE : record[0] - 1;
    }

    /**
     * Takes an update into the record of its entity; {@code record} is all zeros for a new one.
     *
     * <p>A late fact that lies further before the last one than an entity lives counts nowhere: the
     * session (or life) that it belonged to may be over, and what is known now is not of it. That
     * it might belong to the beginning of a long one that still goes on can't be told.
     */
    public void apply(ScopeUpdate update, long[] record) {
        apply(update, record, 0);
    }

    /** The same for a record that begins somewhere in an array. */
    void apply(ScopeUpdate update, long[] records, int from) {
        long time = update.time();
        if (records[from] != 0 && records[from] - 1 - time > lifeMs) {
            return;
        }
        if (isEmpty(records, from, time)) {
            Arrays.fill(records, from, from + words, 0);
        }
        records[from] = Math.max(records[from], time + 1);
        int arg = 0;
        for (long left = update.mask(); left != 0; left &= left - 1) {
            Slot slot = inOrder[Long.numberOfTrailingZeros(left)];
            slot.aggregate().update(records, from + slot.at(), time, update.args(), arg);
            arg += slot.aggregate().args();
        }
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? "all" : String.join(" x ", parts);
    }
}
