package io.sluice.jobs.report;

import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.ScoreIntervals;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Prints a comparison for a person at a console. */
public final class ComparisonTable {

    private static final String MARK = "*";

    private ComparisonTable() {}

    /** Prints the tables: figures, differences, what the arms took. */
    public static void print(Comparison comparison, PrintWriter out) {
        ReportTable.printFigures(comparison.report(), out);
        if (comparison.seeds().size() > 1) {
            spread(comparison, out);
        }
        if (!comparison.pairs().isEmpty()) {
            differences(comparison.pairs(), out);
        }
        costs(comparison, out);
        tuned(comparison.arms(), out);
        comparison.report().notes().forEach(note -> out.println("note: " + note));
        out.flush();
    }

    private static void spread(Comparison comparison, PrintWriter out) {
        boolean ranked = comparison.arms().get(0).spread().slates() != null;
        out.printf(
                "%n%-29s %9s %9s%s%n",
                "deviation of " + comparison.seeds().size() + " seeds",
                "logloss",
                "AUC",
                ranked ? String.format(" %9s %11s", "ndcg@10", "mrr") : "");
        for (ComparedArm arm : comparison.arms()) {
            ComparedArm.Spread spread = arm.spread();
            out.printf(
                    Locale.ROOT,
                    "%-29s %9.5f %9.5f%s%n",
                    arm.mean().name(),
                    spread.overall().logloss(),
                    spread.overall().auc(),
                    ranked
                            ? String.format(
                                    Locale.ROOT,
                                    " %9.5f %11.5f",
                                    spread.slates().ndcgAt10(),
                                    spread.slates().mrr())
                            : "");
        }
    }

    private static void differences(List<ComparedPair> pairs, PrintWriter out) {
        out.printf(
                "%ndifferences with 95 %% intervals by blocks of the stream; %s: zero lies outside%n",
                MARK);
        block(pairs, "logloss", ScoreIntervals::logloss, "AUC", ScoreIntervals::auc, out);
        if (pairs.get(0).overall().slates() != null) {
            block(
                    pairs,
                    "ndcg@10",
                    intervals -> intervals.slates().ndcgAt10(),
                    "mrr",
                    intervals -> intervals.slates().mrr(),
                    out);
        }
        ranked(pairs.stream().filter(pair -> pair.ranked() != null).toList(), out);
    }

    private static void ranked(List<ComparedPair> pairs, PrintWriter out) {
        if (pairs.isEmpty()) {
            return;
        }
        out.println();
        line("as ranked: arm - reference", "ndcg@10", "utility", out);
        for (ComparedPair pair : pairs) {
            line(
                    pair.arm() + " - " + pair.reference(),
                    text(pair.ranked().ndcgAt10()),
                    text(pair.ranked().utility()),
                    out);
            line(
                    "  last 20 %",
                    text(pair.rankedLast20().ndcgAt10()), text(pair.rankedLast20().utility()), out);
        }
    }

    private static void block(
            List<ComparedPair> pairs,
            String left,
            Function<ScoreIntervals, Interval> leftFigure,
            String right,
            Function<ScoreIntervals, Interval> rightFigure,
            PrintWriter out) {
        out.println();
        line("arm - reference", left, right, out);
        for (ComparedPair pair : pairs) {
            line(
                    pair.arm() + " - " + pair.reference(),
                    text(leftFigure.apply(pair.overall())),
                    text(rightFigure.apply(pair.overall())),
                    out);
            line(
                    "  last 20 %",
                    text(leftFigure.apply(pair.last20())),
                    text(rightFigure.apply(pair.last20())),
                    out);
        }
    }

    private static void line(String name, String left, String right, PrintWriter out) {
        out.printf("%-30s %-32s %s%n", name, left, right);
    }

    /** {@code -0.00123 [-0.00201, -0.00045] *}. */
    private static String text(Interval interval) {
        String estimate = String.format(Locale.ROOT, "%+.5f", interval.estimate());
        if (Double.isNaN(interval.low())) {
            return estimate;
        }
        return String.format(
                Locale.ROOT,
                "%s [%+.5f, %+.5f]%s",
                estimate,
                interval.low(),
                interval.high(),
                interval.excludesZero() ? " " + MARK : "");
    }

    private static void tuned(List<ComparedArm> arms, PrintWriter out) {
        if (arms.stream().allMatch(arm -> arm.tuned().isEmpty())) {
            return;
        }
        out.printf(
                "%nchosen on the beginning of the stream, with the logloss of each value there%n");
        for (ComparedArm arm : arms) {
            for (TunedSetting setting : arm.tuned()) {
                out.printf(
                        "%-28s %s=%s (%s)%n",
                        arm.mean().name(), setting.key(), setting.chosen(), trials(setting));
            }
        }
    }

    private static String trials(TunedSetting setting) {
        List<String> trials = new ArrayList<>();
        for (int i = 0; i < setting.values().size(); i++) {
            trials.add(
                    String.format(
                            Locale.ROOT,
                            "%s %.5f",
                            setting.values().get(i),
                            setting.logloss().get(i)));
        }
        return String.join(", ", trials);
    }

    private static void costs(Comparison comparison, PrintWriter out) {
        out.printf(
                "%n%-18s %14s %14s %14s %12s %14s%n",
                "learner", "bytes", "streaming", "budget", "examples/s", "digest");
        for (ComparedArm arm : comparison.arms()) {
            Arm.Cost cost = arm.mean().cost();
            out.printf(
                    Locale.ROOT,
                    "%-18s %,14d %,14d %14s %,12.0f %14s%n",
                    arm.mean().name(),
                    cost.bytes(),
                    cost.streamingBytes(),
                    cost.budgetBytes() == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%,d", cost.budgetBytes()),
                    cost.examplesPerSecond(),
                    cost.digest().substring(0, Math.min(12, cost.digest().length())));
        }
    }
}
