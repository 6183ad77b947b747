package io.sluice.state.drift;

/**
 * A model's surprise by a part of the stream has risen; see {@link DriftMonitor}.
 *
 * @param field the declared feature whose value is watched; empty for the whole stream
 * @param key the value's row key; 0 for the whole stream
 * @param from mean surprise before, nats
 * @param to mean surprise since, nats
 */
public record DriftChange(String field, long key, double from, double to) {}
