package io.sluice.jobs.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.RankingFigures;

/** Writes the figures of orders, or their differences. NaN becomes null. */
public final class RankingJson {

    private RankingJson() {}

    /** Adds the figures, and their ends under {@code intervals}. */
    public static void write(ObjectNode to, RankingFigures figures) {
        write(to, "ndcg@10", figures.ndcgAt10());
        write(to, "mrr", figures.mrr());
        write(to, "map", figures.map());
        write(to, "hr@10", figures.hrAt10());
        write(to, "ild", figures.distance());
        write(to, "utility", figures.utility());
    }

    private static void write(ObjectNode to, String name, Interval interval) {
        ReportJson.put(to, name, interval.estimate());
        ObjectNode ends = to.withObjectProperty("intervals").putObject(name);
        ReportJson.put(ends, "low", interval.low());
        ReportJson.put(ends, "high", interval.high());
    }
}
