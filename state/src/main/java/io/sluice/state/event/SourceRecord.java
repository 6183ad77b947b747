package io.sluice.state.event;

/**
 * Where an event came from, and its original bytes: what a dead letter is made of.
 *
 * @param topic where it was read
 * @param partition its partition; -1 when it did not come from a topic
 * @param offset its offset; -1 when it did not come from a topic
 * @param timestamp the record's own time, given by producer or broker, epoch milliseconds
 * @param key the record's key; may be null
 * @param value the record's original bytes; may be null
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record SourceRecord(
        String topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {

    public SourceRecord {
        EventChecks.present("topic", topic);
    }

    /** The dead letter of this record. */
    public DeadLetter reject(Reason reason, String detail) {
        return new DeadLetter(topic, partition, offset, key, value, reason, detail);
    }
}
