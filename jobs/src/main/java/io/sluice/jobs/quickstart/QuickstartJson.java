package io.sluice.jobs.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.state.evaluate.Interval;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes a result as the one JSON object that {@code --json} asks for. NaN becomes null. */
final class QuickstartJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The arms by name, the engine first. */
    private static final Map<String, ToDoubleFunction<Rates>> ARMS = new LinkedHashMap<>();

    static {
        ARMS.put("engine", Rates::engine);
        ARMS.put("sort", Rates::sort);
        ARMS.put("popularity", Rates::popularity);
        ARMS.put("random", Rates::random);
        ARMS.put("oracle", Rates::oracle);
    }

    private QuickstartJson() {}

    /** The object as indented text. */
    static String write(QuickstartResult result, String revision) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(tree(result, revision));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can't be written", e);
        }
    }

    static ObjectNode tree(QuickstartResult result, String revision) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("command", "quickstart");
        root.put("revision", revision);
        root.put("seed", result.config().seed());
        root.set("settings", ConfigPrinter.tree(result.config()));
        root.set("world", world(result));
        root.set("arms", arms(result));
        root.set("verdict", verdict(result.verdict()));
        root.set("freshnessMs", percentiles(result.freshness()));
        root.set("counts", counts(result));
        put(root, "startupSeconds", result.startupSeconds());
        put(root, "seconds", result.seconds());
        root.put("peakMemoryBytes", result.peakBytes());
        ArrayNode windows = root.putArray("windows");
        result.windows().forEach(window -> windows.add(window(window)));
        return root;
    }

    private static ObjectNode world(QuickstartResult result) {
        return MAPPER.createObjectNode()
                .put("users", result.size().users())
                .put("items", result.size().items())
                .put("candidates", result.size().candidates())
                .put("shown", result.size().shown())
                .put("visitsPerSecond", result.traffic().perSecond())
                .put("trafficSeconds", result.traffic().seconds())
                .put("driftAtSeconds", result.traffic().driftMs() / 1000.0);
    }

    private static ObjectNode arms(QuickstartResult result) {
        ObjectNode arms = MAPPER.createObjectNode();
        ARMS.forEach(
                (name, expected) -> {
                    ObjectNode arm = arms.putObject(name);
                    result.rates()
                            .forEach(
                                    (stretch, rates) -> {
                                        ObjectNode node = arm.putObject(stretch.key());
                                        node.put("visits", rates.visits());
                                        double rate = expected.applyAsDouble(rates);
                                        put(node, "expectedClickRate", rate);
                                        put(node, "ofOracle", rate / rates.oracle());
                                        if (name.equals("engine")) {
                                            put(node, "realisedClickRate", rates.realised());
                                        }
                                    });
                });
        return arms;
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("beatsPopularity", verdict.beatsPopularity());
        put(node, "overPopularity", verdict.overPopularity());
        put(node, "overSort", verdict.overSort());
        Interval gain = verdict.gainOverSort();
        ObjectNode clicks = node.putObject("clickRateOverSort");
        put(clicks, "estimate", gain.estimate());
        put(clicks, "low", gain.low());
        put(clicks, "high", gain.high());
        node.put("recovered", verdict.recovered());
        put(node, "ofOracleBeforeDrift", verdict.shareBefore());
        put(node, "ofOracleAfterDrift", verdict.shareAfter());
        put(node, "ofOracleAtEnd", verdict.shareEnd());
        put(node, "recoverySeconds", verdict.recoverySeconds());
        return node;
    }

    private static ObjectNode counts(QuickstartResult result) {
        Counts counts = result.counts();
        return MAPPER.createObjectNode()
                .put("requests", counts.requests())
                .put("clicks", counts.clicks())
                .put("impressions", counts.impressions())
                .put("feedback", counts.feedback())
                .put("examples", counts.examples())
                .put("deadLetters", counts.deadLetters())
                .put("addUp", counts.addUp(result.size().shown()));
    }

    private static ObjectNode window(Window window) {
        ObjectNode node = MAPPER.createObjectNode();
        put(node, "fromSeconds", window.fromMs() / 1000.0);
        put(node, "toSeconds", window.toMs() / 1000.0);
        node.put("visits", window.rates().visits());
        ARMS.forEach((name, rate) -> put(node, name, rate.applyAsDouble(window.rates())));
        put(node, "realised", window.rates().realised());
        node.set("freshnessMs", percentiles(window.freshness()));
        node.put("modelVersion", window.modelVersion());
        return node;
    }

    private static ObjectNode percentiles(Percentiles values) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("count", values.count());
        put(node, "p50", values.p50());
        put(node, "p90", values.p90());
        put(node, "p99", values.p99());
        put(node, "max", values.max());
        return node;
    }

    /** JSON has neither NaN nor infinities. */
    private static void put(ObjectNode node, String name, double number) {
        if (Double.isFinite(number)) {
            node.put(name, number);
        } else {
            node.putNull(name);
        }
    }
}
