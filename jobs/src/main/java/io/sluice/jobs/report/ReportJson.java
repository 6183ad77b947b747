package io.sluice.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.state.evaluate.DriftSummary;
import io.sluice.state.evaluate.DriftTrace;
import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.ScoreWindow;
import io.sluice.state.evaluate.SlateIntervals;
import io.sluice.state.evaluate.SlateSummary;
import io.sluice.state.evaluate.Summary;

/** Writes a report as the one JSON object that all measurements share. NaN becomes null. */
public final class ReportJson {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportJson() {}

    /** The object as indented text. */
    public static String write(Report report) {
        return text(tree(report));
    }

    static String text(ObjectNode tree) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can't be written", e);
        }
    }

    static ObjectNode tree(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("command", report.command());
        root.put("revision", report.revision());
        root.put("seed", report.seed());
        root.set("settings", report.settings());
        root.set("data", data(report.data()));
        root.put("windowExamples", report.windowExamples());
        ObjectNode arms = root.putObject("arms");
        report.arms().forEach(arm -> arms.set(arm.name(), arm(arm)));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        return root;
    }

    private static ObjectNode data(DataFacts data) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("path", data.path());
        node.put("file", data.file());
        node.put("kind", data.kind());
        node.put("sha256", data.sha256());
        node.put("rows", data.rows());
        node.put("rejectedRows", data.rejected());
        node.put("requests", data.requests());
        node.put("examples", data.examples());
        node.put("behaviour", data.behaviour());
        node.put("deadLetters", data.deadLetterCount());
        ObjectNode reasons = node.putObject("deadLettersByReason");
        data.deadLetters().forEach(reasons::put);
        return node;
    }

    static ObjectNode arm(Arm arm) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("overall", summary(arm.overall()));
        node.set("last20", summary(arm.last20()));
        if (arm.slates() != null) {
            ObjectNode slates = slates(arm.slates());
            slates.set("intervals", intervals(arm.intervals()));
            ObjectNode last20 = slates(arm.slatesLast20());
            last20.set("intervals", intervals(arm.intervalsLast20()));
            slates.set("last20", last20);
            node.set("slates", slates);
        }
        if (arm.ranked() != null) {
            node.set("ranked", ranked(arm.ranked()));
        }
        if (arm.drift() != null) {
            node.set("drift", drift(arm.drift()));
        }
        ArrayNode windows = node.putArray("windows");
        arm.windows().forEach(window -> windows.add(window(window)));
        node.put("bytes", arm.cost().bytes());
        long streaming = arm.cost().streamingBytes();
        node.put("streamingBytes", streaming == Arm.Cost.NOT_MEASURED ? null : streaming);
        node.put("budgetBytes", arm.cost().budgetBytes());
        put(node, "examplesPerSecond", arm.cost().examplesPerSecond());
        node.put("digest", arm.cost().digest());
        return node;
    }

    private static ObjectNode ranked(Ranked ranked) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("count", ranked.slates());
        RankingJson.write(node, ranked.overall());
        RankingJson.write(node.putObject("last20"), ranked.last20());
        return node;
    }

    private static ObjectNode drift(DriftSummary drift) {
        ObjectNode node = MAPPER.createObjectNode();
        put(node, "excess", drift.excess());
        node.put("windowExamples", DriftTrace.WINDOW);
        node.put("recoveredShare", DriftTrace.SHARE);
        ArrayNode changes = node.putArray("changes");
        for (DriftSummary.Change change : drift.changes()) {
            ObjectNode each = changes.addObject();
            each.put("phase", change.phase());
            each.put("row", change.row());
            put(each, "before", change.before());
            put(each, "jump", change.jump());
            put(each, "excess", change.excess());
            put(each, "recoveryExamples", change.recovery());
        }
        return node;
    }

    private static ObjectNode window(ScoreWindow window) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("number", window.number());
        node.put("firstSequence", window.firstSequence());
        node.put("lastSequence", window.lastSequence());
        node.put("fromTime", window.fromTime());
        node.put("toTime", window.toTime());
        return node.setAll(summary(window.summary()));
    }

    static ObjectNode summary(Summary summary) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("examples", summary.examples());
        put(node, "logloss", summary.logloss());
        put(node, "auc", summary.auc());
        put(node, "normalizedEntropy", summary.normalizedEntropy());
        put(node, "calibration", summary.calibration());
        return node;
    }

    private static ObjectNode intervals(SlateIntervals intervals) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("ndcg@10", ends(intervals.ndcgAt10()));
        node.set("mrr", ends(intervals.mrr()));
        node.set("map", ends(intervals.map()));
        node.set("hr@10", ends(intervals.hrAt10()));
        return node;
    }

    /** {@code {"low": 0.1, "high": 0.2}}. */
    private static ObjectNode ends(Interval interval) {
        ObjectNode node = MAPPER.createObjectNode();
        put(node, "low", interval.low());
        put(node, "high", interval.high());
        return node;
    }

    static ObjectNode slates(SlateSummary slates) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("count", slates.count());
        put(node, "ndcg@10", slates.ndcgAt10());
        put(node, "mrr", slates.mrr());
        put(node, "map", slates.map());
        put(node, "hr@10", slates.hrAt10());
        return node;
    }

    /** JSON has neither NaN nor infinities. */
    static void put(ObjectNode node, String name, double number) {
        if (Double.isFinite(number)) {
            node.put(name, number);
        } else {
            node.putNull(name);
        }
    }
}
