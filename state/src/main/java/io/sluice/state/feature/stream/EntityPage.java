package io.sluice.state.feature.stream;

/**
 * An entity's whole record, as it is published for serving: always the value, never a difference.
 *
 * @param schema fingerprint of the schema that the record belongs to; 0 for a removed one
 * @param scope index of the scope
 * @param key of the entity
 * @param record its words; null when the entity is forgotten
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, compared by its words where needed
public record EntityPage(long schema, int scope, long key, long[] record) {

    /** Whether this page takes the entity away. */
    public boolean isTombstone() {
        return record == null;
    }
}
