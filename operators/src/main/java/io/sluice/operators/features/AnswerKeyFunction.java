package io.sluice.operators.features;

import io.sluice.state.feature.stream.EntityAnswers;
import org.apache.flink.api.java.functions.KeySelector;

/** Brings answers to the event that asked. */
public final class AnswerKeyFunction implements KeySelector<EntityAnswers, String> {

    @Override
    public String getKey(EntityAnswers answers) {
        return answers.asker();
    }
}
