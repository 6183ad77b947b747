package io.sluice.state.learner;

import io.sluice.state.event.ShownMemory;
import io.sluice.state.feature.FeatureVector;

/**
 * One labelled example.
 *
 * @param time when the label became known, epoch milliseconds
 * @param request the request's id; empty for an interaction without one
 * @param item the item's id
 * @param features the vector to learn from
 * @param label the outcome, 0 or 1
 * @param origin which prediction is judged
 * @param loggedScore the probability that the server logged, for {@link Origin#LOGGED}; otherwise
 *     NaN
 * @param loggedMemory what the server logged of its memory, for {@link Origin#LOGGED}; otherwise
 *     {@link ShownMemory#NONE}
 */
public record Example(
        long time,
        String request,
        String item,
        FeatureVector features,
        float label,
        Origin origin,
        float loggedScore,
        ShownMemory loggedMemory)
        implements LearnerEvent {

    /** An example of whose prediction no memory was logged. */
    public Example(
            long time,
            String request,
            String item,
            FeatureVector features,
            float label,
            Origin origin,
            float loggedScore) {
        this(time, request, item, features, label, origin, loggedScore, ShownMemory.NONE);
    }

    /** Where the prediction that is judged comes from. */
    public enum Origin {
        /**
         * Predicted by the model as it is, just before it learns: the label comes with the event.
         */
        DIRECT(0),
        /** Predicted and held when the item was shown. */
        HELD(1),
        /** Predicted by the server that showed the item. */
        LOGGED(2);

        private final int code;

        Origin(int code) {
            this.code = code;
        }

        /** The origin's number in bytes: never renumber. */
        public int code() {
            return code;
        }
    }
}
