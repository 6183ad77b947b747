package io.sluice.state.event;

/**
 * An item that may be shown.
 *
 * @param id the item, never blank
 * @param features what is known of it now
 */
public record Candidate(String id, Attributes features) {

    public Candidate {
        EventChecks.id("items[].id", id);
        EventChecks.present("items[].features", features);
    }
}
