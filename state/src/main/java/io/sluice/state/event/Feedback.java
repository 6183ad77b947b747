package io.sluice.state.event;

/**
 * What a user did with one shown item.
 *
 * @param request the request that showed it, never blank
 * @param timestamp when it was done, epoch milliseconds
 * @param user id of the user; empty when anonymous
 * @param item the item, never blank
 * @param kind what was done (click, purchase, …), never blank; its meaning is configured
 * @param value strength (rating, price, …); NaN when none
 */
public record Feedback(
        String request, long timestamp, String user, String item, String kind, double value)
        implements StreamEvent {

    public Feedback {
        EventChecks.id("request", request);
        EventChecks.present("user", user);
        EventChecks.id("item", item);
        EventChecks.id("kind", kind);
        EventChecks.finiteOrAbsent("value", value);
    }
}
