package io.sluice.state.event;

import java.util.List;

/**
 * A list of items shown to one user at one moment.
 *
 * @param request unique id of the request, never blank
 * @param timestamp when it was shown, epoch milliseconds
 * @param user id of the user; empty when anonymous
 * @param context what was known of the user and the moment
 * @param items what was shown, at least one
 * @param model version of the model that ranked it; empty when foreign
 */
public record Impression(
        String request,
        long timestamp,
        String user,
        Attributes context,
        List<ShownItem> items,
        String model)
        implements StreamEvent {

    public Impression {
        EventChecks.id("request", request);
        EventChecks.present("user", user);
        EventChecks.present("context", context);
        EventChecks.present("model", model);
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items must not be empty");
        }
    }
}
