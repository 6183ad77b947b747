package io.sluice.jobs.report;

import io.sluice.state.evaluate.CurvePoint;
import io.sluice.state.evaluate.DriftSummary;
import io.sluice.state.evaluate.RankedSlates;
import io.sluice.state.evaluate.Reliability;
import io.sluice.state.evaluate.ScoreLog;
import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.SlateIntervals;
import io.sluice.state.evaluate.SlateLog;
import io.sluice.state.evaluate.SlateSummary;
import io.sluice.state.evaluate.Summary;
import java.util.List;

/**
 * One contestant's figures.
 *
 * @param name of the arm
 * @param overall of the whole stream
 * @param last20 of the last fifth of the examples
 * @param slates of all slates; null without slates
 * @param slatesLast20 of the last fifth of the slates; null without slates
 * @param intervals how certain the figures of all slates are; null without slates
 * @param intervalsLast20 the same of the last fifth; null without slates
 * @param windows stretches of equal length
 * @param curve cumulative figures at the end of each window
 * @param reliability predictions against outcomes
 * @param ranked how good its orders are; null where it makes none
 * @param drift how far it stayed behind the truth; null where no truth is known
 * @param cost what it took
 */
public record Arm(
        String name,
        Summary overall,
        Summary last20,
        SlateSummary slates,
        SlateSummary slatesLast20,
        SlateIntervals intervals,
        SlateIntervals intervalsLast20,
        List<ScoreWindow> windows,
        List<CurvePoint> curve,
        List<Reliability> reliability,
        Ranked ranked,
        DriftSummary drift,
        Cost cost) {

    private static final int RELIABILITY_BINS = 20;

    /**
     * What an arm took.
     *
     * @param bytes memory of the learner's state
     * @param streamingBytes memory of the records of streaming features; 0 when there are none, and
     *     {@link #NOT_MEASURED} when a job keeps them
     * @param budgetBytes its limit; 0 when it has none
     * @param examplesPerSecond encoding and learning, reading left out; NaN when not measured
     * @param digest of the learner's state at the end; empty when it has none
     */
    public record Cost(
            long bytes,
            long streamingBytes,
            long budgetBytes,
            double examplesPerSecond,
            String digest) {

        /** They are in the state of a Flink job, most of them on disk. */
        public static final long NOT_MEASURED = -1;
    }

    /**
     * Computes all figures of a run.
     *
     * @param slates null without slates
     * @param ranked null where it makes no orders
     * @param drift null where no truth is known
     */
    public static Arm of(
            String name,
            ScoreLog log,
            SlateLog slates,
            RankedSlates ranked,
            DriftSummary drift,
            int window,
            Cost cost) {
        return new Arm(
                name,
                log.overall(),
                log.last20(),
                slates == null ? null : slates.overall(),
                slates == null ? null : slates.last20(),
                slates == null ? null : SlateIntervals.overall(slates),
                slates == null ? null : SlateIntervals.last20(slates),
                log.windows(window),
                CurvePoint.of(log, window),
                Reliability.of(log, RELIABILITY_BINS),
                Ranked.of(ranked),
                drift,
                cost);
    }

    /** The same figures under another name. */
    public Arm named(String other) {
        return new Arm(
                other,
                overall,
                last20,
                slates,
                slatesLast20,
                intervals,
                intervalsLast20,
                windows,
                curve,
                reliability,
                ranked,
                drift,
                cost);
    }
}
