package io.sluice.jobs.quickstart;

import io.sluice.state.evaluate.Interval;
import java.util.List;

/**
 * What the run shows.
 *
 * @param beatsPopularity whether the engine had more expected clicks than popularity at the end
 * @param overPopularity engine over popularity at the end
 * @param overSort engine over a sort by the same model's scores, of all visits
 * @param gainOverSort clicks per shown item that the engine has more, of all visits
 * @param shareBefore engine over oracle before the drift
 * @param shareAfter engine over oracle just after the drift
 * @param shareEnd engine over oracle at the end
 * @param recovered whether {@code shareEnd} is at least {@value #RECOVERED} of {@code shareBefore}
 * @param recoverySeconds from the drift to the end of the first window that is that good; NaN when
 *     none is
 */
record Verdict(
        boolean beatsPopularity,
        double overPopularity,
        double overSort,
        Interval gainOverSort,
        double shareBefore,
        double shareAfter,
        double shareEnd,
        boolean recovered,
        double recoverySeconds) {

    /** A tenth is what one may lose: the half after the drift is no longer than the one before. */
    static final double RECOVERED = 0.9;

    static Verdict of(VisitLog log, Traffic traffic, int shown, List<Window> windows) {
        double before = Stretch.BEFORE_DRIFT.rates(log, traffic, shown).shareOfOracle();
        double after = Stretch.AFTER_DRIFT.rates(log, traffic, shown).shareOfOracle();
        Rates end = Stretch.END.rates(log, traffic, shown);
        Rates all = Stretch.OVERALL.rates(log, traffic, shown);
        double[] gains =
                log.all().stream()
                        .mapToDouble(visit -> (visit.engine() - visit.sort()) / shown)
                        .toArray();
        return new Verdict(
                end.engine() > end.popularity(),
                end.engine() / end.popularity(),
                all.engine() / all.sort(),
                Interval.ofMean(gains),
                before,
                after,
                end.shareOfOracle(),
                end.shareOfOracle() >= RECOVERED * before,
                recovery(windows, traffic.driftMs(), RECOVERED * before));
    }

    /** Whether the engine had more clicks than a sort, beyond noise. */
    boolean beatsSort() {
        return gainOverSort.low() > 0;
    }

    private static double recovery(List<Window> windows, long driftMs, double share) {
        return windows.stream()
                .filter(w -> w.fromMs() >= driftMs && w.rates().shareOfOracle() >= share)
                .mapToDouble(w -> (w.toMs() - driftMs) / 1000.0)
                .findFirst()
                .orElse(Double.NaN);
    }
}
