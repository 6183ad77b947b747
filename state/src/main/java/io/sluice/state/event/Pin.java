package io.sluice.state.event;

/**
 * An item with a place of its own.
 *
 * @param item its id, never blank
 * @param place from 1
 */
public record Pin(String item, int place) {

    public Pin {
        EventChecks.id("places", item);
        if (place < 1) {
            throw new IllegalArgumentException("places must be at least 1, found " + place);
        }
    }
}
