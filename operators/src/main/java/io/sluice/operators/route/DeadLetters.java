package io.sluice.operators.route;

import io.sluice.operators.serde.SluiceTypes;
import io.sluice.state.event.DeadLetter;
import org.apache.flink.util.OutputTag;

/** The side output of every operator that sets records aside. */
public final class DeadLetters {

    /** Its tag. */
    public static final OutputTag<DeadLetter> TAG =
            new OutputTag<>("dead-letters", SluiceTypes.DEAD_LETTER);

    private DeadLetters() {}
}
