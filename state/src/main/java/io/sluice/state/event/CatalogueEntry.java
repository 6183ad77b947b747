package io.sluice.state.event;

/**
 * What is known of an item or a user apart from any event.
 *
 * @param id the item or user, never blank
 * @param timestamp since when it is so, epoch milliseconds
 * @param features what is known
 */
public record CatalogueEntry(String id, long timestamp, Attributes features) {

    public CatalogueEntry {
        EventChecks.id("id", id);
        EventChecks.present("features", features);
    }
}
