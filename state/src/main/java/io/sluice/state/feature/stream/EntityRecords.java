package io.sluice.state.feature.stream;

/** Where records are kept. */
public interface EntityRecords {

    /**
     * Copies an entity's record.
     *
     * @param scope index of the scope
     * @param key of the entity
     * @param record takes the words; at least as long as the scope's records
     * @return false when there is none; {@code record} is then undefined
     */
    boolean copy(int scope, long key, long[] record);
}
