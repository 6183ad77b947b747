package io.sluice.state.feature.stream;

import java.util.Arrays;

/**
 * The records of a scope's entities for one request or item: usually one, several where a field has
 * several values.
 *
 * <p>Scratch; not thread-safe.
 */
final class ScopeRecords {

    private final EntityScope scope;
    private long[][] records = new long[1][];
    private int count;
    private int keys;

    ScopeRecords(EntityScope scope) {
        this.scope = scope;
        records[0] = new long[scope.words()];
    }

    /** Reads the records that are there and not expired. */
    void read(FieldReader fields, EntityRecords from, long now) {
        count = 0;
        keys = fields.entities(scope);
        for (int i = 0; i < keys; i++) {
            if (count == records.length) {
                records = Arrays.copyOf(records, count + 1);
                records[count] = new long[scope.words()];
            }
            boolean known = from.copy(scope.index(), fields.entity(i), records[count]);
            if (known && !scope.isEmpty(records[count], now)) {
                count++;
            }
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
