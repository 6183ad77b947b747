package io.sluice.jobs.replay.dataset;

import io.sluice.state.event.Impression;
import java.util.Set;

/**
 * A list that was shown, and what came of it.
 *
 * @param impression what was shown
 * @param clicked ids of the items that were taken, all of them shown
 */
public record Slate(Impression impression, Set<String> clicked) {

    public Slate {
        clicked = Set.copyOf(clicked);
    }
}
