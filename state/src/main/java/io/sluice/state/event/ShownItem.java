package io.sluice.state.event;

/**
 * One slot of an impression.
 *
 * @param id the item, never blank
 * @param position 0-based place in the list
 * @param score predicted probability when it was shown, in [0, 1]; NaN when none was logged
 * @param propensity probability with which it was put at this position, in [0, 1]; NaN when none
 * @param features what was known of the item when it was shown
 * @param memory what a memory of errors did to the score
 */
public record ShownItem(
        String id,
        int position,
        double score,
        double propensity,
        Attributes features,
        ShownMemory memory) {

    /** A slot of whose score no memory was logged. */
    public ShownItem(
            String id, int position, double score, double propensity, Attributes features) {
        this(id, position, score, propensity, features, ShownMemory.NONE);
    }

    public ShownItem {
        EventChecks.id("items[].id", id);
        if (position < 0) {
            throw new IllegalArgumentException(
                    "items[].position must not be negative, found " + position);
        }
        EventChecks.probabilityOrAbsent("items[].score", score);
        EventChecks.probabilityOrAbsent("items[].propensity", propensity);
        EventChecks.present("items[].features", features);
        EventChecks.present("items[].memory", memory);
    }
}
