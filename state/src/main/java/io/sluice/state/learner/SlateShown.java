package io.sluice.state.learner;

import io.sluice.state.feature.FeatureVector;
import java.util.List;

/**
 * A whole slate was shown: the ranker holds what the model says of it, and learns once the labels
 * of all its slots have come as {@link Example}s.
 *
 * @param time when it was shown, epoch milliseconds
 * @param request the request's id
 * @param slots what was shown
 */
public record SlateShown(long time, String request, List<Slot> slots) implements LearnerEvent {

    public SlateShown {
        slots = List.copyOf(slots);
    }

    /**
     * One shown item.
     *
     * @param item its id
     * @param features its vector, with a neutral position
     * @param group hash of its group; 0 for none
     * @param position where it was shown, from 0
     * @param propensity with which probability chance put it there; NaN when that is not known
     */
    public record Slot(
            String item, FeatureVector features, long group, int position, float propensity) {}
}
