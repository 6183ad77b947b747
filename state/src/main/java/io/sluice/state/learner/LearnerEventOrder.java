package io.sluice.state.learner;

import java.util.Comparator;

/**
 * The total order in which events are learnt, whatever order they arrived in: time, exposures
 * before slates before examples, request, item.
 *
 * <p>All that is shown at one moment is predicted before any label of that moment is learnt. Events
 * that are equal in this order are duplicates in all that matters to the learner, except rows of
 * {@code interactions} without a request id; those keep their order of arrival.
 */
public enum LearnerEventOrder implements Comparator<LearnerEvent> {
    /** The order. */
    INSTANCE;

    private static int rank(LearnerEvent event) {
        return event instanceof Exposure ? 0 : event instanceof SlateShown ? 1 : 2;
    }

    @Override
    public int compare(LearnerEvent a, LearnerEvent b) {
        int order = Long.compare(a.time(), b.time());
        if (order == 0) {
            order = Integer.compare(rank(a), rank(b));
        }
        if (order == 0) {
            order = a.request().compareTo(b.request());
        }
        if (order == 0 && a instanceof Example left && b instanceof Example right) {
            order = left.item().compareTo(right.item());
        }
        return order;
    }
}
