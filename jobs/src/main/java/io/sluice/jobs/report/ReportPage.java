package io.sluice.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.files.Resources;
import io.sluice.state.evaluate.CurvePoint;
import io.sluice.state.evaluate.Reliability;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Writes a report as one page that needs nothing else: figures, curves, calibration, settings.
 *
 * <p>The page holds the report as JSON, the plotting library uPlot (MIT licence) and a script that
 * draws; it loads nothing from anywhere. Its looks stand in {@code report.html}, {@code report.css}
 * and {@code report.js} beside this class.
 */
public final class ReportPage {

    private static final String FOLDER = "/io/sluice/jobs/report/";
    private static final String WEBJAR = "/META-INF/resources/webjars/uplot/%s/dist/%s";

    private ReportPage() {}

    /** The page as HTML. */
    public static String write(Report report) {
        String version = uplotVersion();
        return resource("report.html")
                .replace("{{title}}", title(report))
                .replace("{{uplot.css}}", resource(WEBJAR.formatted(version, "uPlot.min.css")))
                .replace("{{report.css}}", resource("report.css"))
                .replace("{{uplot.js}}", resource(WEBJAR.formatted(version, "uPlot.iife.min.js")))
                .replace("{{report.js}}", resource("report.js"))
                // Last, so that nothing in the data can be taken for a place to fill.
                .replace("{{data}}", data(report));
    }

    private static String title(Report report) {
        String title = report.command() + ": " + report.data().file();
        return title.replace("&", "&amp;").replace("<", "&lt;").replace("{{", "{ {");
    }

    private static String data(Report report) {
        ObjectNode tree = ReportJson.tree(report);
        for (Arm arm : report.arms()) {
            ObjectNode node = (ObjectNode) tree.path("arms").path(arm.name());
            ArrayNode curve = node.putArray("curve");
            arm.curve().forEach(point -> curve.add(point(point)));
            ArrayNode bins = node.putArray("reliability");
            arm.reliability().forEach(bin -> bins.add(bin(bin)));
        }
        try {
            // A "</script>" or "<!--" in a name must not end the element that holds the data.
            return ReportJson.MAPPER.writeValueAsString(tree).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can't be written", e);
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

    private static String uplotVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(resource("uplot.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String resource(String name) {
        return Resources.text(name.startsWith("/") ? name : FOLDER + name);
    }
}
