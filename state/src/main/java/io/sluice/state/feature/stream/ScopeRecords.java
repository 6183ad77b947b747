package io.sluice.state.feature.stream;

import java.util.Arrays;

/**
 * The records of a scope's entities for one request or item: usually one, several where a field has
 * several values.
 *
 * <p>Scratch; not thread-safe.
 */
final class ScopeRecords implements FieldReader.KeyConsumer {

    private static final int MOST = 32;

    private final EntityScope scope;
    private long[][] records = new long[1][];
    private int count;
    private int keys;
    private EntityRecords from;
    private long now;

    ScopeRecords(EntityScope scope) {
        this.scope = scope;
        records[0] = new long[scope.words()];
    }

    /** Reads the records that are there and not expired; at most 32. */
    void read(FieldReader fields, EntityRecords source, long moment) {
        count = 0;
        keys = 0;
        from = source;
        now = moment;
        fields.entities(scope, this);
    }

    /** Reads the record of one entity. */
    @Override
    public void accept(long key) {
        if (keys == MOST) {
            return;
        }
        keys++;
        if (count == records.length) {
            records = Arrays.copyOf(records, count + 1);
            records[count] = new long[scope.words()];
        }
        if (from.copy(scope.index(), key, records[count]) && !scope.isEmpty(records[count], now)) {
            count++;
        }
    }

    /** Entities named, those without a record too. */
    int keys() {
        return keys;
    }

    /** Records found. */
    int count() {
        return count;
    }

    long[] record(int i) {
        return records[i];
    }
}
