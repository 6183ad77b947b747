package io.sluice.jobs.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.PolicyEstimates;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates of a policy, for a person and as JSON.
 *
 * @param estimates what the lists say
 * @param setting what was asked
 * @param version that the lists were judged by; empty: what the configuration had learnt
 * @param passedOver lists that were not judged: of one item, or longer than a slate is learnt from
 * @param deadLetters rows that could not be read
 */
record PolicyReport(
        PolicyEstimates estimates,
        PolicyReplay.Setting setting,
        Optional<JudgedVersion> version,
        long passedOver,
        long deadLetters) {

    void print(PrintWriter out) {
        version.ifPresent(each -> print(each, out));
        out.printf(
                Locale.ROOT,
                "%,d lists, positives among the first %d places (%,d lists passed over, %,d rows"
                        + " not read)%n%n%-18s %9s %21s %32s%n",
                estimates.lists(),
                setting.places(),
                passedOver,
                deadLetters,
                "value of a list",
                "estimate",
                "95 %",
                "more than the log");
        row(out, "logged", estimates.logged(), null);
        row(out, "ips", estimates.ips(), estimates.ipsGain());
        row(out, "self-normalised", estimates.selfNormalised(), estimates.selfNormalisedGain());
        row(out, "doubly robust", estimates.doublyRobust(), estimates.doublyRobustGain());
        row(out, "model alone", estimates.direct(), null);
        Interval weight = estimates.meanWeight();
        out.printf(
                Locale.ROOT,
                "%nmean weight %.3f [%.3f, %.3f], which should be 1; %,.0f effective of %,d places"
                        + " (%.1f %%); %.1f %% of the weight clipped%n",
                weight.estimate(),
                weight.low(),
                weight.high(),
                estimates.effectiveSlots(),
                estimates.slots(),
                100 * estimates.effectiveSlots() / estimates.slots(),
                100 * estimates.clippedShare());
        if (estimates.lacksSupport()) {
            out.println(
                    "The mean weight is below 1: the log was clipped, or has not shown all that this"
                            + " policy would show. Estimates are too low.");
        }
        out.flush();
    }

    private static void print(JudgedVersion version, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "version %s, which has learnt %,d examples up to %s; %,d lists are not later, and"
                        + " are passed over; %,d carry no streaming features of its schema, which"
                        + " are computed from the log%n",
                version.manifest().version(),
                version.manifest().examples(),
                Instant.ofEpochMilli(version.manifest().eventTime()),
                version.known(),
                version.computed());
    }

    private static void row(PrintWriter out, String name, Interval value, Interval gain) {
        out.printf(
                Locale.ROOT,
                "%-18s %9.4f %21s %32s%n",
                name,
                value.estimate(),
                String.format(Locale.ROOT, "[%.4f, %.4f]", value.low(), value.high()),
                gain == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%+.4f [%+.4f, %+.4f]",
                                gain.estimate(),
                                gain.low(),
                                gain.high()));
    }

    /**
     * Writes the figures.
     *
     * @param data as it was given
     */
    void write(Path file, ReplayRequest request, Path data, ReplayConfig config)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("command", "evaluate-policy");
        root.put("revision", request.revision());
        root.put("seed", config.config().seed());
        root.set("settings", ConfigPrinter.tree(config.config()));
        ObjectNode of = root.putObject("data");
        of.put("path", data.toString());
        of.put("sha256", config.data().profile().ofExamples().sha256());
        of.put("lists", estimates.lists());
        of.put("passedOver", passedOver);
        of.put("deadLetters", deadLetters);
        version.ifPresent(each -> write(each, root.putObject("version")));
        root.put("places", setting.places());
        if (Double.isFinite(setting.clip())) {
            root.put("clip", setting.clip());
        } else {
            root.putNull("clip");
        }
        Map<String, Interval> figures = new LinkedHashMap<>();
        figures.put("logged", estimates.logged());
        figures.put("ips", estimates.ips());
        figures.put("selfNormalised", estimates.selfNormalised());
        figures.put("doublyRobust", estimates.doublyRobust());
        figures.put("direct", estimates.direct());
        ObjectNode values = root.putObject("values");
        figures.forEach((name, interval) -> interval(values.putObject(name), interval));
        ObjectNode gains = root.putObject("gains");
        interval(gains.putObject("ips"), estimates.ipsGain());
        interval(gains.putObject("selfNormalised"), estimates.selfNormalisedGain());
        interval(gains.putObject("doublyRobust"), estimates.doublyRobustGain());
        interval(root.putObject("meanWeight"), estimates.meanWeight());
        root.put("slots", estimates.slots());
        root.put("effectiveSlots", estimates.effectiveSlots());
        root.put("clippedShare", estimates.clippedShare());
        WholeFile.text(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }

    private static void write(JudgedVersion version, ObjectNode to) {
        to.put("file", version.file().toString());
        to.put("version", version.manifest().version().toString());
        to.put("examples", version.manifest().examples());
        to.put("eventTime", version.manifest().eventTime());
        to.put("known", version.known());
        to.put("computed", version.computed());
    }

    private static void interval(ObjectNode to, Interval interval) {
        number(to, "estimate", interval.estimate());
        number(to, "low", interval.low());
        number(to, "high", interval.high());
    }

    private static void number(ObjectNode to, String name, double value) {
        if (Double.isFinite(value)) {
            to.put(name, value);
        } else {
            to.putNull(name);
        }
    }
}
