package io.sluice.state.learner;

/**
 * An item was shown and has no label yet: it is learnt as a negative, and what follows corrects
 * that.
 *
 * <p>Each is followed by exactly one {@link Example} of the same request and item, whose label is
 * final; that one is judged, this one is not.
 *
 * @param negative what will be known if nothing else comes: label 0, the time from which on that is
 *     assumed
 * @param correction what becomes of it if it is a positive
 */
public record Assumption(Example negative, Correction correction) implements LearnerEvent {

    public Assumption {
        if (negative.label() != 0) {
            throw new IllegalArgumentException(
                    "what is assumed is a negative, found label " + negative.label());
        }
    }

    @Override
    public long time() {
        return negative.time();
    }

    @Override
    public String request() {
        return negative.request();
    }
}
