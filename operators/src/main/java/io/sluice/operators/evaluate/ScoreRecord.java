package io.sluice.operators.evaluate;

import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.learner.Scored;

/** One record of the {@code scores} topic. */
public sealed interface ScoreRecord permits ScoreRecord.Window, ScoreRecord.One {

    /**
     * The figures of a window.
     *
     * @param window the figures
     */
    record Window(ScoreWindow window) implements ScoreRecord {}

    /**
     * One judged prediction, with {@code scores.detail: examples}.
     *
     * @param scored the prediction
     */
    record One(Scored scored) implements ScoreRecord {}
}
