package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.DataFacts;
import io.sluice.jobs.report.Report;
import io.sluice.jobs.report.ReportFiles;
import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.model.ModelConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many examples a second one core encodes and learns: the same interactions, held in memory,
 * through a new learner several times. The first runs warm up the compiler; the median counts.
 */
public final class LearnBench {

    private final PrintWriter out;
    private final ReplayConfig config;
    private final List<Interaction> events;
    private final List<Contestant> contestants = new ArrayList<>();

    private LearnBench(ReplayConfig config, PrintWriter out) throws IOException {
        this.config = config;
        this.out = out;
        EventSource source =
                new EventSource(
                        config.data(), config.settings(Long.MAX_VALUE), DeadLetterBox.IGNORED);
        events = new ArrayList<>();
        try (EventReader<Interaction> reader = source.interactions()) {
            for (Interaction event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        FeatureSchema schema = config.config().schema();
        contestants.add(new Contestant("default", schema));
        if (!schema.streaming().isEmpty()) {
            contestants.add(new Contestant("declared", new FeatureSchema(schema.features())));
        }
    }

    /**
     * Runs the benchmark and writes its figures where the request says.
     *
     * @param runs how often, at least 1
     */
    public static Report run(ReplayRequest request, int runs, PrintWriter out) throws IOException {
        ReplayConfig config = ReplayConfig.of(request, System.currentTimeMillis(), note -> {});
        if (config.data().profile().examples() != ExampleKind.INTERACTIONS) {
            throw new IllegalArgumentException(
                    "bench learn measures interactions, found slates; use --examples interactions");
        }
        LearnBench bench = new LearnBench(config, out);
        for (int run = 0; run < runs; run++) {
            for (Contestant each : bench.contestants) {
                each.learnOnce(request.limit());
            }
        }
        Report report = bench.report(request);
        new ReportFiles(request.json(), request.out().map(folder -> folder.resolve("report.html")))
                .write(report);
        return report;
    }

    private Report report(ReplayRequest request) {
        contestants.forEach(Contestant::printMedian);
        Judged judged = contestants.get(0).lane.judged();
        int window = judged.window(config.config().scores().windowExamples());
        return new Report(
                "bench learn",
                request.revision(),
                config.config().seed(),
                ConfigPrinter.tree(config.config()),
                new DataFacts(
                        request.data().toString(),
                        config.data().exampleFile().name(),
                        ExampleKind.INTERACTIONS.word(),
                        config.data().profile().ofExamples().sha256(),
                        events.size(),
                        0,
                        0,
                        judged.examples(),
                        0,
                        Map.of()),
                window,
                contestants.stream().map(each -> each.arm(window)).toList(),
                notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Contestant each : contestants) {
            notes.add(
                    "examples per second of each run of %s, one thread, reading left out: %s"
                            .formatted(each.name, Contestant.rounded(each.speeds)));
            notes.add(
                    "the same per second of processor time, which says more where others use the machine too: %s"
                            .formatted(Contestant.rounded(each.ofProcessor)));
        }
        notes.add("rows are those that could be used; the figure of the arms is the median");
        notes.add("declared is the same without streaming features");
        return notes;
    }

    /** One set of features, learnt several times; the runs of all take turns. */
    private final class Contestant {

        private final String name;
        private final FeatureSchema schema;
        private final List<Double> speeds = new ArrayList<>();
        private final List<Double> ofProcessor = new ArrayList<>();
        private Lane lane;
        private long streamingBytes;

        Contestant(String name, FeatureSchema schema) {
            this.name = name;
            this.schema = schema;
        }

        void learnOnce(long limit) throws IOException {
            ModelConfig model = config.config().model();
            OnlineLearner learner = new OnlineLearner(model, config.config().memory(), schema);
            lane = new Lane(model, new Judged(false), learner);
            Stopwatch encoding = new Stopwatch();
            PrintWriter silent = new PrintWriter(Writer.nullWriter());
            InteractionReplay replay =
                    new InteractionReplay(List.of(lane), schema, DelayedLabels.NONE, encoding);
            replay.run(EventReader.of(events.iterator()), limit, new Progress(silent, "", 0));
            streamingBytes = replay.streamingBytes();
            Stopwatch watch = lane.watch(encoding);
            speeds.add(watch.perSecond(lane.learner().examples()));
            ofProcessor.add(watch.perProcessorSecond(lane.learner().examples()));
            out.printf(
                    Locale.ROOT,
                    "%s, run %d: %,.0f examples per second, %,.0f per second of processor time%n",
                    name,
                    speeds.size(),
                    speeds.get(speeds.size() - 1),
                    ofProcessor.get(ofProcessor.size() - 1));
            out.flush();
        }

        double median() {
            return median(speeds);
        }

        private static double median(List<Double> values) {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        void printMedian() {
            out.printf(
                    Locale.ROOT,
                    "%s, median: %,.0f examples per second, %,.0f per second of processor time%n",
                    name,
                    median(),
                    median(ofProcessor));
            out.flush();
        }

        static String rounded(List<Double> values) {
            return Arrays.toString(values.stream().mapToLong(Math::round).toArray());
        }

        Arm arm(int window) {
            Arm.Cost cost =
                    new Arm.Cost(
                            lane.learner().bytes(),
                            streamingBytes,
                            config.config().model().memory().reported(),
                            median(),
                            LearnerCodec.digest(lane.learner()));
            return lane.judged().arms(window, cost).get(0).named(name);
        }
    }
}
