package io.sluice.state.event;

/**
 * A record that could not be used, kept whole so that nothing is lost.
 *
 * @param topic where it was read
 * @param partition its partition; -1 when it did not come from a topic
 * @param offset its offset; -1 when it did not come from a topic
 * @param key the record's key; may be null
 * @param value the record's original bytes; may be null
 * @param reason why it was set aside
 * @param detail the field, what was found and what was expected
 */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        byte[] key,
        byte[] value,
        Reason reason,
        String detail) {

    public DeadLetter {
        EventChecks.present("topic", topic);
        EventChecks.present("reason", reason);
        EventChecks.present("detail", detail);
    }
}
