package io.sluice.operators.evaluate;

import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.learner.Scored;

/** One record of the {@code scores} topic. */
public sealed interface ScoreRecord permits ScoreRecord.Window, ScoreRecord.One {

    /**
     * The figures of a window.
     *
     * @param arm whose predictions they judge: what was served, or the model alone
     * @param window the figures
     */
    record Window(Arm arm, ScoreWindow window) implements ScoreRecord {}

    /** Whose predictions are judged. */
    enum Arm {
        /** What was served, corrected by memory. */
        DEFAULT,
        /** The model alone. */
        BASE
    }

    /**
     * One judged prediction, with {@code scores.detail: examples}.
     *
     * @param scored the prediction
     */
    record One(Scored scored) implements ScoreRecord {}
}
