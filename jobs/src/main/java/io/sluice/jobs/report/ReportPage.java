package io.sluice.jobs.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.evaluate.CurvePoint;
import io.sluice.state.evaluate.Reliability;

/**
 * Writes a report as one page that needs nothing else: figures, curves, calibration, settings.
 *
 * <p>The page holds the report as JSON, the plotting library uPlot (MIT licence) and a script that
 * draws; it loads nothing from anywhere. Its looks stand in {@code report.html}, {@code report.css}
 * and {@code report.js} beside this class.
 */
public final class ReportPage {

    private ReportPage() {}

    /** The page as HTML. */
    public static String write(Report report) {
        DataFacts data = report.data();
        return Page.fill("report", report.command() + ": " + data.file(), data(report));
    }

    private static ObjectNode data(Report report) {
        ObjectNode tree = ReportJson.tree(report);
        addCurves(tree, report);
        return tree;
    }

    /** What is drawn and does not stand in the JSON file. */
    static void addCurves(ObjectNode tree, Report report) {
        for (Arm arm : report.arms()) {
            ObjectNode node = (ObjectNode) tree.path("arms").path(arm.name());
            ArrayNode curve = node.putArray("curve");
            arm.curve().forEach(point -> curve.add(point(point)));
            ArrayNode bins = node.putArray("reliability");
            arm.reliability().forEach(bin -> bins.add(bin(bin)));
        }
    }

    private static ObjectNode point(CurvePoint point) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        node.put("examples", point.examples());
        node.put("time", point.time());
        ReportJson.put(node, "logloss", point.logloss());
        ReportJson.put(node, "auc", point.auc());
        return node;
    }

    private static ObjectNode bin(Reliability bin) {
        ObjectNode node = ReportJson.MAPPER.createObjectNode();
        node.put("examples", bin.examples());
        ReportJson.put(node, "meanPrediction", bin.meanPrediction());
        ReportJson.put(node, "meanLabel", bin.meanLabel());
        return node;
    }
}
