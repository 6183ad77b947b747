package io.sluice.state.event;

/**
 * An example that arrives with its label: no join needed.
 *
 * @param request orders rows of the same time and detects repetitions; empty when the source has
 *     none
 * @param timestamp when it happened, epoch milliseconds
 * @param user id of the user; empty when anonymous
 * @param item the item, never blank
 * @param label the outcome, 0 or 1
 * @param value the outcome's strength (rating, quantity); NaN when none; never a feature
 * @param context what was known of the user and the moment
 * @param features what was known of the item
 */
public record Interaction(
        String request,
        long timestamp,
        String user,
        String item,
        double label,
        double value,
        Attributes context,
        Attributes features)
        implements StreamEvent {

    public Interaction {
        EventChecks.present("request", request);
        EventChecks.present("user", user);
        EventChecks.id("item", item);
        if (label != 0 && label != 1) {
            throw new IllegalArgumentException("label must be 0 or 1, found " + label);
        }
        EventChecks.finiteOrAbsent("value", value);
        EventChecks.present("context", context);
        EventChecks.present("features", features);
    }
}
