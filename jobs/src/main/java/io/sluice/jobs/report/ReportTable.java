package io.sluice.jobs.report;

import io.sluice.state.evaluate.DriftSummary;
import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.RankingFigures;
import io.sluice.state.evaluate.ScoreLog;
import io.sluice.state.evaluate.SlateIntervals;
import io.sluice.state.evaluate.SlateSummary;
import io.sluice.state.evaluate.Summary;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the main figures for a person at a console. */
public final class ReportTable {

    private ReportTable() {}

    /** Prints the tables and what the learner took. */
    public static void print(Report report, PrintWriter out) {
        printFigures(report, out);
        Arm.Cost cost = report.arms().get(0).cost();
        out.printf(Locale.ROOT, "%nlearner: %,d bytes, digest %s", cost.bytes(), cost.digest());
        if (cost.streamingBytes() > 0) {
            out.printf(Locale.ROOT, ", streaming features: %,d bytes", cost.streamingBytes());
        }
        if (Double.isFinite(cost.examplesPerSecond())) {
            out.printf(Locale.ROOT, ", %,.0f examples per second", cost.examplesPerSecond());
        }
        out.println();
        report.notes().forEach(note -> out.println("note: " + note));
        out.flush();
    }

    /** Prints what was read, and the figures of all arms. */
    static void printFigures(Report report, PrintWriter out) {
        DataFacts data = report.data();
        out.printf(
                Locale.ROOT,
                "%n%s: %,d rows, %,d examples%s, %,d dead letters%s%n%n",
                data.file(),
                data.rows(),
                data.examples(),
                data.requests() > 0
                        ? String.format(Locale.ROOT, " in %,d slates", data.requests())
                        : "",
                data.deadLetterCount(),
                reasons(data.deadLetters()));
        out.printf(
                "%-18s %10s %9s %9s %9s %11s%n",
                "arm", "examples", "logloss", "AUC", "entropy", "calibration");
        for (Arm arm : report.arms()) {
            row(arm.name(), arm.overall(), out);
            row("  last 20 %", arm.last20(), out);
        }
        if (data.requests() > 0) {
            out.printf(
                    "%n%-18s %10s %9s %9s %9s %11s%n",
                    "slates", "count", "ndcg@10", "mrr", "map", "hr@10");
            for (Arm arm : report.arms()) {
                if (arm.slates() != null) {
                    row(arm.name(), arm.slates(), out);
                    row("  95 %", arm.intervals(), out);
                    row("  last 20 %", arm.slatesLast20(), out);
                    row("  95 %", arm.intervalsLast20(), out);
                }
            }
        }
        printRanked(report.arms(), out);
        printDrift(report.arms(), out);
    }

    private static void printRanked(List<Arm> arms, PrintWriter out) {
        List<Arm> ranking = arms.stream().filter(arm -> arm.ranked() != null).toList();
        if (ranking.isEmpty()) {
            return;
        }
        out.printf("%n%-18s %10s", "as ranked", "count");
        RankingFigures.NAMES.forEach(name -> out.printf(" %9s", name));
        out.println();
        for (Arm arm : ranking) {
            int slates = arm.ranked().slates();
            ranked(arm.name(), slates, arm.ranked().overall(), out);
            ranked("  last 20 %", slates - ScoreLog.lastFifth(slates), arm.ranked().last20(), out);
        }
    }

    private static void ranked(String name, int count, RankingFigures figures, PrintWriter out) {
        Collection<Interval> all = figures.byName().values();
        out.printf(Locale.ROOT, "%-18s %,10d", name, count);
        all.forEach(figure -> out.printf(Locale.ROOT, " %9.4f", figure.estimate()));
        out.printf("%n%-18s %10s", "  95 %", "");
        all.forEach(figure -> out.printf(" %9s", half(figure)));
        out.println();
    }

    private static void printDrift(List<Arm> arms, PrintWriter out) {
        List<Arm> judged = arms.stream().filter(arm -> arm.drift() != null).toList();
        if (judged.isEmpty()) {
            return;
        }
        out.printf(
                "%n%-18s %10s %9s %9s %9s %11s%n",
                "behind the truth", "from row", "before", "jump", "excess", "recovery");
        for (Arm arm : judged) {
            out.printf(
                    Locale.ROOT,
                    "%-18s %10s %9s %9s %9.5f%n",
                    arm.name(),
                    "",
                    "",
                    "",
                    arm.drift().excess());
            for (DriftSummary.Change change : arm.drift().changes()) {
                out.printf(
                        Locale.ROOT,
                        "%-18s %,10d %9.5f %9.5f %9.5f %11s%n",
                        "  phase " + change.phase(),
                        change.row(),
                        change.before(),
                        change.jump(),
                        change.excess(),
                        Double.isNaN(change.recovery())
                                ? "never"
                                : String.format(Locale.ROOT, "%,.0f", change.recovery()));
            }
        }
    }

    private static String reasons(Map<String, Long> reasons) {
        return reasons.isEmpty() ? "" : " " + reasons;
    }

    private static void row(String name, Summary figures, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-18s %,10d %9.4f %9.4f %9.4f %11.4f%n",
                name,
                figures.examples(),
                figures.logloss(),
                figures.auc(),
                figures.normalizedEntropy(),
                figures.calibration());
    }

    private static void row(String name, SlateIntervals intervals, PrintWriter out) {
        out.printf(
                "%-18s %10s %9s %9s %9s %11s%n",
                name,
                "",
                half(intervals.ndcgAt10()),
                half(intervals.mrr()),
                half(intervals.map()),
                half(intervals.hrAt10()));
    }

    /** The exact ends stand in the JSON. */
    private static String half(Interval interval) {
        double half = interval.halfWidth();
        return Double.isNaN(half) ? "-" : String.format(Locale.ROOT, "±%.4f", half);
    }

    private static void row(String name, SlateSummary figures, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-18s %,10d %9.4f %9.4f %9.4f %11.4f%n",
                name,
                figures.count(),
                figures.ndcgAt10(),
                figures.mrr(),
                figures.map(),
                figures.hrAt10());
    }
}
