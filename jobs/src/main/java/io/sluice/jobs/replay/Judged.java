package io.sluice.jobs.replay;

import io.sluice.jobs.report.Arm;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.evaluate.DriftSummary;
import io.sluice.state.evaluate.DriftTrace;
import io.sluice.state.evaluate.RankedSlates;
import io.sluice.state.evaluate.ScoreLog;
import io.sluice.state.evaluate.SlateLog;
import io.sluice.state.evaluate.Truth;
import io.sluice.state.learner.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects judged predictions in the order of learning, wherever they come from, and turns them
 * into figures. Not thread-safe.
 */
final class Judged {

    /** More windows than this say nothing to an eye and cost place in every report. */
    private static final int MAX_WINDOWS = 200;

    private static final Arm.Cost PRIOR_COST = new Arm.Cost(2 * Double.BYTES, 0, 0, Double.NaN, "");

    private final ScoreLog log = new ScoreLog();
    private final SlateLog slates;
    private final ScoreLog baseLog = new ScoreLog();
    private final SlateLog baseSlates;
    private final DriftTrace drift;
    private final DriftTrace driftOfBase;
    private final PriorBaseline prior;
    private final Consumer<Scored> witness;
    private RankedSlates ranked; // null: nobody puts slates in order here
    private final List<DriftAlarm> alarms = new ArrayList<>();

    Judged(boolean ofSlates) {
        this(ofSlates, Optional.empty(), example -> {});
    }

    /**
     * Collects for somebody who looks on.
     *
     * @param truth about the rows, where it is known
     * @param witness is shown each example before it is counted
     */
    Judged(boolean ofSlates, Optional<Truth> truth, Consumer<Scored> witness) {
        this.witness = witness;
        slates = ofSlates ? new SlateLog() : null;
        baseSlates = ofSlates ? new SlateLog() : null;
        drift = truth.map(DriftTrace::new).orElse(null);
        driftOfBase = truth.map(DriftTrace::new).orElse(null);
        prior = new PriorBaseline(ofSlates);
    }

    void add(Scored example) {
        witness.accept(example);
        log.add(example.prediction(), example.label(), example.weight(), example.time());
        baseLog.add(example.base(), example.label(), example.weight(), example.time());
        if (slates != null) {
            slates.add(example.request(), example.item(), example.prediction(), example.label());
            baseSlates.add(example.request(), example.item(), example.base(), example.label());
        }
        if (drift != null) {
            // A replay of interactions numbers its requests by row.
            int row = Integer.parseInt(example.request());
            drift.add(row, example.prediction());
            driftOfBase.add(row, example.base());
        }
        prior.add(example);
    }

    /** Has orders of slates judged beside the predictions. */
    void judgeOrders(RankedSlates orders) {
        ranked = orders;
    }

    /** The orders; null where none were made. */
    RankedSlates ranked() {
        return ranked;
    }

    void alarm(DriftAlarm alarm) {
        alarms.add(alarm);
    }

    /** Alarms of drift, in order. */
    List<DriftAlarm> alarms() {
        return alarms;
    }

    /** How far it stayed behind the truth; null where no truth is known. */
    DriftSummary drift() {
        return summary(drift);
    }

    private static DriftSummary summary(DriftTrace trace) {
        return trace == null ? null : trace.summary();
    }

    /** All judged predictions, as they were served. */
    ScoreLog log() {
        return log;
    }

    /** The same by request; null without slates. */
    SlateLog slates() {
        return slates;
    }

    long examples() {
        return log.size();
    }

    long requests() {
        return slates == null ? 0 : slates.size();
    }

    /** Length of the windows: as configured, or wider for a long run. */
    int window(int configured) {
        return Math.max(configured, (log.size() + MAX_WINDOWS - 1) / MAX_WINDOWS);
    }

    /** What was served, the model alone, and the baseline. */
    List<Arm> arms(int window, Arm.Cost cost) {
        return List.of(
                Arm.of("default", log, slates, ranked, drift(), window, cost),
                Arm.of("base", baseLog, baseSlates, null, summary(driftOfBase), window, cost),
                Arm.of("prior", prior.log(), null, null, null, window, PRIOR_COST));
    }
}
