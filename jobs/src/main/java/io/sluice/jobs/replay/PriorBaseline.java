package io.sluice.jobs.replay;

import io.sluice.state.evaluate.RunningRate;
import io.sluice.state.evaluate.ScoreLog;
import io.sluice.state.learner.Scored;
import java.util.ArrayList;
import java.util.List;

/** Judges the running label rate on the very examples that the learner is judged on. */
final class PriorBaseline {

    private final RunningRate rate = new RunningRate();
    private final ScoreLog log = new ScoreLog();
    private final boolean byMoment;
    private final List<Scored> moment = new ArrayList<>();

    /**
     * A baseline.
     *
     * @param byMoment whether all that was shown at one moment is predicted before any label of
     *     that moment is known, as with slates
     */
    PriorBaseline(boolean byMoment) {
        this.byMoment = byMoment;
    }

    void add(Scored example) {
        if (!byMoment || (!moment.isEmpty() && moment.get(0).time() != example.time())) {
            learnMoment();
        }
        log.add((float) rate.predict(), example.label(), example.weight(), example.time());
        moment.add(example);
    }

    private void learnMoment() {
        moment.forEach(example -> rate.learn(example.label(), example.weight()));
        moment.clear();
    }

    ScoreLog log() {
        return log;
    }
}
