package io.sluice.operators.join;

import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.StreamEvent;
import io.sluice.state.join.Arrival;
import org.apache.flink.api.java.functions.KeySelector;

/** Brings an impression and its feedback together. */
public final class RequestKeyFunction implements KeySelector<Arrival, String> {

    @Override
    public String getKey(Arrival arrival) {
        StreamEvent event = arrival.event();
        if (event instanceof Impression impression) {
            return impression.request();
        }
        if (event instanceof Feedback feedback) {
            return feedback.request();
        }
        throw new IllegalStateException(
                "the join takes impressions and feedback, found a "
                        + event.getClass().getSimpleName());
    }
}
