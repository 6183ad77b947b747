package io.sluice.jobs.replay;

import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.DataFacts;
import io.sluice.state.evaluate.DriftSummary;
import io.sluice.state.evaluate.RankedSlates;
import io.sluice.state.evaluate.ScoreLog;
import io.sluice.state.evaluate.SlateLog;

/**
 * What one configuration made of the stream.
 *
 * @param log all judged predictions
 * @param slates the same by request; null without slates
 * @param ranked its orders of them
 * @param drift how far it stayed behind the truth; null where no truth is known
 * @param window length of the windows of a report, in examples
 * @param cost of the learner
 * @param data what was read; dead letters are those of the first run
 */
public record ArmRun(
        ScoreLog log,
        SlateLog slates,
        RankedSlates ranked,
        DriftSummary drift,
        int window,
        Arm.Cost cost,
        DataFacts data) {

    /** All figures under a name. */
    public Arm arm(String name) {
        return Arm.of(name, log, slates, ranked, drift, window, cost);
    }
}
