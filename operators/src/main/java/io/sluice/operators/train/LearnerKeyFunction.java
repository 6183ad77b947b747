package io.sluice.operators.train;

import io.sluice.state.learner.LearnerEvent;
import org.apache.flink.api.java.functions.KeySelector;

/** Routes the learner's input by request, so that an exposure and its examples stay together. */
public final class LearnerKeyFunction implements KeySelector<LearnerEvent, String> {

    @Override
    public String getKey(LearnerEvent event) {
        return event.request();
    }
}
