package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import java.io.IOException;

/** All propensities and places of a log must be there before any of its lists is judged. */
final class LoggedPropensities {

    private LoggedPropensities() {}

    /** Returns how many lists there are. */
    static long check(EventSource source, long limit) throws IOException {
        long lists = 0;
        boolean chance = false;
        try (EventReader<Slate> slates = source.slates()) {
            for (Slate slate = slates.next();
                    slate != null && lists < limit;
                    slate = slates.next()) {
                lists++;
                Impression shown = slate.impression();
                boolean[] places = new boolean[shown.items().size()];
                for (ShownItem item : shown.items()) {
                    place(shown, item, places);
                    chance |= item.propensity() < 1;
                }
            }
        }
        if (lists == 0) {
            throw new IllegalArgumentException("--data must hold lists, found none");
        }
        if (!chance) {
            throw new IllegalArgumentException(
                    "items[].propensity is 1 everywhere: the log was shown without exploration, so"
                            + " it says nothing of other orders; set serve.exploration above 0 and"
                            + " log again");
        }
        return lists;
    }

    private static void place(Impression shown, ShownItem item, boolean[] places) {
        if (!(item.propensity() > 0)) {
            throw new IllegalArgumentException(
                    "request '%s', item '%s': items[].propensity must be within (0, 1], found %s;"
                                    .formatted(
                                            shown.request(),
                                            item.id(),
                                            Double.isNaN(item.propensity())
                                                    ? "none"
                                                    : item.propensity())
                            + " only lists with logged propensities can be judged");
        }
        int place = item.position();
        if (place >= places.length || places[place]) {
            throw new IllegalArgumentException(
                    "request '%s', item '%s': items[].position must be each of 0 to %d once, found"
                                    .formatted(shown.request(), item.id(), places.length - 1)
                            + " %d%s"
                                    .formatted(
                                            place,
                                            place < places.length ? " for the second time" : ""));
        }
        places[place] = true;
    }
}
