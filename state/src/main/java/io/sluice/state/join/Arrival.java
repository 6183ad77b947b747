package io.sluice.state.join;

import io.sluice.state.event.SourceRecord;
import io.sluice.state.event.StreamEvent;
import java.util.Objects;

/**
 * An event that was read whole, with the record it was read from.
 *
 * <p>The record goes along because a rejected event is set aside with its original bytes.
 *
 * @param event what happened
 * @param source the record it was read from
 */
public record Arrival(StreamEvent event, SourceRecord source) implements Incoming {

    public Arrival {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(source, "source");
    }
}
