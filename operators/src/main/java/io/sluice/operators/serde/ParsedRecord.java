package io.sluice.operators.serde;

import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.StreamEvent;

/**
 * A record of a topic after parsing: an event, or the dead letter that stands for it.
 *
 * @param event what it says; null when it could not be used
 * @param deadLetter the record and why it could not be used; null when it could
 * @param unknownFields fields that were passed over because nobody reads them
 */
public record ParsedRecord(StreamEvent event, DeadLetter deadLetter, int unknownFields) {

    public ParsedRecord {
        if ((event == null) == (deadLetter == null)) {
            throw new IllegalArgumentException(
                    "a parsed record is either an event or a dead letter, found "
                            + (event == null ? "neither" : "both"));
        }
    }

    /** Whether it could be used. */
    public boolean isEvent() {
        return event != null;
    }
}
