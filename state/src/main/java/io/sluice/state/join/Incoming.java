package io.sluice.state.join;

import io.sluice.state.event.DeadLetter;

/** What one record of a topic turned out to be: an event, or nothing that can be used. */
public sealed interface Incoming permits Arrival, Incoming.Refused {

    /**
     * A record that could not be read.
     *
     * @param letter the record, with the reason
     */
    record Refused(DeadLetter letter) implements Incoming {}
}
