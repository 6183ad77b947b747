package io.sluice.state.learner;

import io.sluice.state.feature.FeatureVector;
import java.util.List;

/**
 * Items were shown: predict them now and hold the predictions until their outcomes are known.
 *
 * <p>Sent only for slots without a logged score. Each slot is followed by exactly one {@link
 * Example} of origin {@link Example.Origin#HELD}.
 *
 * @param time when they were shown, epoch milliseconds
 * @param request the request's id
 * @param slots what was shown
 */
public record Exposure(long time, String request, List<Slot> slots) implements LearnerEvent {

    public Exposure {
        slots = List.copyOf(slots);
    }

    /**
     * One shown item.
     *
     * @param item its id
     * @param features its vector, with a neutral position
     */
    public record Slot(String item, FeatureVector features) {}
}
