package io.sluice.jobs.quickstart;

import io.sluice.state.evaluate.Interval;
import java.io.PrintWriter;
import java.util.Locale;

/** What the run came to, for a person at a console. */
final class Summary {

    private final PrintWriter out;

    Summary(PrintWriter out) {
        this.out = out;
    }

    void print(QuickstartResult result) {
        line("");
        line("clicks per 100 shown    engine     sort  popular   random   oracle  of oracle");
        for (Stretch stretch : Stretch.values()) {
            Rates rates = result.rates().get(stretch);
            line(
                    "%-22s %7s %8s %8s %8s %8s %8s %%",
                    stretch.title(),
                    LiveTable.rate(rates.engine()),
                    LiveTable.rate(rates.sort()),
                    LiveTable.rate(rates.popularity()),
                    LiveTable.rate(rates.random()),
                    LiveTable.rate(rates.oracle()),
                    percent(rates.shareOfOracle()));
        }
        line("");
        verdict(result.verdict());
        figures(result);
        out.flush();
    }

    private void verdict(Verdict verdict) {
        Interval gain = verdict.gainOverSort();
        line(
                "%s: %.2f times the clicks of its own scores alone,",
                verdict.beatsSort() ? "Beats the sort" : "Does NOT beat the sort",
                verdict.overSort());
        line(
                "  %+.2f [%+.2f, %+.2f] clicks per 100 shown, exploration included.",
                100 * gain.estimate(), 100 * gain.low(), 100 * gain.high());
        line(
                "%s popularity: %.2f times its clicks at the end.",
                verdict.beatsPopularity() ? "Beats" : "Does NOT beat", verdict.overPopularity());
        line(
                "%s: %s %% of the oracle's clicks before the drift, %s %% just after,",
                verdict.recovered() ? "Recovers" : "Does NOT recover",
                percent(verdict.shareBefore()),
                percent(verdict.shareAfter()));
        line(
                "  %s %% at the end%s.",
                percent(verdict.shareEnd()),
                Double.isNaN(verdict.recoverySeconds())
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; back at nine tenths after %.0f s",
                                verdict.recoverySeconds()));
    }

    private void figures(QuickstartResult result) {
        Percentiles freshness = result.freshness();
        line(
                "Fresh: a click is in the served model after %.0f ms (median), %.0f ms (99 %%).",
                freshness.p50(), freshness.p99());
        Counts counts = result.counts();
        line(
                "%s: %,d requests, %,d clicks, %,d examples learnt, %,d dead letters.",
                counts.addUp(result.size().shown()) ? "All there" : "Does NOT add up",
                counts.requests(),
                counts.clicks(),
                counts.examples(),
                counts.deadLetters());
        line(
                "Ready after %.1f s, done after %.1f s, %,d MB of memory at most.",
                result.startupSeconds(), result.seconds(), result.peakBytes() >> 20);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f", 100 * share);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
