package io.sluice.state.store;

/**
 * A record of a compacted topic as it is kept.
 *
 * @param partition where it was read
 * @param offset where it was read
 * @param value its value; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record StoredRecord(int partition, long offset, byte[] value) {}
