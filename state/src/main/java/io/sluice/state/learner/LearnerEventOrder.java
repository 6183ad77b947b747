package io.sluice.state.learner;

import java.util.Comparator;

/**
 * The total order in which events are learnt, whatever order they arrived in: time, exposures
 * before slates before assumptions before examples, request, item.
 *
 * <p>All that is shown at one moment is predicted before anything of that moment is learnt. Events
 * that are equal in this order are duplicates in all that matters to the learner, except rows of
 * {@code interactions} without a request id; those keep their order of arrival.
 */
public enum LearnerEventOrder implements Comparator<LearnerEvent> {
    /** The order. */
    INSTANCE;

    private static int rank(LearnerEvent event) {
        if (event instanceof Exposure) {
            return 0;
        }
        if (event instanceof SlateShown) {
            return 1;
        }
        return event instanceof Assumption ? 2 : 3;
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
        return order == 0 ? item(a).compareTo(item(b)) : order;
    }

    /** The item that it is about; empty for what is about several. */
    private static String item(LearnerEvent event) {
        if (event instanceof Assumption assumption) {
            return assumption.negative().item();
        }
        return event instanceof Example example ? example.item() : "";
    }
}
