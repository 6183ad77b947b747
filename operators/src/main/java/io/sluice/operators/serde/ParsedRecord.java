package io.sluice.operators.serde;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.StreamEvent;

/**
 * A record of a topic after parsing: an event, or the dead letter that stands for it.
 *
 * @param partition where it was read; -1 when it did not come from a topic
 * @param offset its offset; -1 when it did not come from a topic
 * @param event what it says; null when it could not be used
 * @param deadLetter the record and why it could not be used; null when it could
 * @param unknownFields fields that were passed over because nobody reads them
 */
public record ParsedRecord(
        int partition, long offset, StreamEvent event, DeadLetter deadLetter, int unknownFields) {

    public ParsedRecord {
        if ((event == null) == (deadLetter == null)) {
            throw new IllegalArgumentException(
                    "a parsed record is either an event or a dead letter, found "
                            + (event == null ? "neither" : "both"));
        }
    }

    /** A record that could be used. */
    public static ParsedRecord of(
            int partition, long offset, StreamEvent event, int unknownFields) {
        return new ParsedRecord(partition, offset, event, null, unknownFields);
    }

    /** A record that could not be used. */
    public static ParsedRecord of(DeadLetter letter) {
        return new ParsedRecord(letter.partition(), letter.offset(), null, letter, 0);
    }

    /** Whether it could be used. */
    public boolean isEvent() {
        return event != null;
    }
}
