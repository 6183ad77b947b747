package io.sluice.jobs.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.RankingFigures;

/** Writes the figures of orders. NaN becomes null. */
public final class RankingJson {

    private RankingJson() {}

    /** Adds the figures, and their ends under {@code intervals}. */
    public static void write(ObjectNode to, RankingFigures figures) {
        figures.byName().forEach((name, interval) -> write(to, name, interval));
    }

    private static void write(ObjectNode to, String name, Interval interval) {
        ReportJson.put(to, name, interval.estimate());
        ObjectNode ends = to.withObjectProperty("intervals").putObject(name);
        ReportJson.put(ends, "low", interval.low());
        ReportJson.put(ends, "high", interval.high());
    }
}
