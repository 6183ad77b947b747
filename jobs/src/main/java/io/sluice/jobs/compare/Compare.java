package io.sluice.jobs.compare;

import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.replay.ArmRun;
import io.sluice.jobs.replay.ArmRunner;
import io.sluice.jobs.replay.ArmStart;
import io.sluice.jobs.report.ComparedArm;
import io.sluice.jobs.report.ComparedPair;
import io.sluice.jobs.report.Comparison;
import io.sluice.jobs.report.ComparisonTable;
import io.sluice.jobs.report.Report;
import io.sluice.jobs.report.ReportFiles;
import io.sluice.state.file.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole command: arms, runs, figures and differences, files. */
public final class Compare {

    private static final String BESIDE_THE_BUDGET =
            "bytes are the whole learner's; the budget bounds those of model, memory of errors and"
                    + " detectors, not of the ranker and of predictions that wait for labels";

    private final CompareRequest request;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<String> notes = new ArrayList<>();

    private Compare(CompareRequest request, PrintWriter out, PrintWriter err) {
        this.request = request;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a comparison to its end.
     *
     * @return what it found, which has been written too
     */
    public static Comparison run(CompareRequest request, PrintWriter out, PrintWriter err)
            throws IOException {
        return new Compare(request, out, err).run();
    }

    private Comparison run() throws IOException {
        Lineup lineup = Lineup.of(request);
        List<TuneRule> rules = request.tune().stream().map(TuneRule::parse).toList();
        say("looking through " + request.stream().data());
        try (ArmRunner runner = ArmRunner.open(request.stream(), this::note, err)) {
            SluiceConfig common = runner.config();
            ArmConfigs configs = new ArmConfigs(common, runner::loader, request.budgetKey());
            configs.check(lineup.contestants());
            for (Contestant arm : lineup.contestants()) {
                configs.of(arm, common.seed())
                        .memoryLeftOut()
                        .ifPresent(why -> note(arm.name() + ": " + why));
            }
            List<Long> seeds = request.seeds().isEmpty() ? List.of(common.seed()) : request.seeds();
            if (request.stream().out().isPresent()) {
                WholeFile.text(request.stream().out().get().resolve("config.yaml"), runner.yaml());
            }
            Tuning tuning = new Tuning(rules, runner, configs, seeds.get(0));
            long beginning = runner.beginning(request.tunePart());
            List<Contestant> arms = tuning.tune(lineup.contestants(), beginning, this::say);
            if (!rules.isEmpty()) {
                notes.add(
                        "settings were chosen on the first %,d examples, which are part of the figures"
                                .formatted(beginning));
            }
            Lineup tuned = new Lineup(arms, lineup.reference());
            Comparison comparison =
                    comparison(
                            tuned, tuning, common, seeds, results(tuned, configs, seeds, runner));
            Optional<Path> page =
                    request.stream().out().map(folder -> folder.resolve("report.html"));
            new ReportFiles(request.stream().json(), page).write(comparison);
            ComparisonTable.print(comparison, out);
            return comparison;
        }
    }

    private void note(String note) {
        notes.add(note);
        say(note);
    }

    private void say(String what) {
        err.println("compare: " + what);
        err.flush();
    }

    private Map<Contestant, SeedResults> results(
            Lineup lineup, ArmConfigs configs, List<Long> seeds, ArmRunner runner)
            throws IOException {
        Map<Contestant, SeedResults> results = new LinkedHashMap<>();
        for (Contestant arm : lineup.contestants()) {
            results.put(arm, new SeedResults(arm, new LinkedHashMap<>()));
        }
        int number = 0;
        int total = seeds.size() * lineup.contestants().size();
        for (long seed : seeds) {
            SharedExamples examples = new SharedExamples();
            List<SharedExamples.Look> looks = new ArrayList<>();
            List<ArmStart> starts = new ArrayList<>();
            for (Contestant arm : lineup.contestants()) {
                number++;
                say("arm %s, seed %d (%d of %d)".formatted(arm.name(), seed, number, total));
                SharedExamples.Look look = examples.look(arm.name());
                looks.add(look);
                String name = "compare: " + arm.name();
                starts.add(new ArmStart(name, configs.of(arm, seed), look::at));
            }
            List<ArmRun> runs = runner.run(starts);
            looks.forEach(SharedExamples.Look::end);
            for (int i = 0; i < runs.size(); i++) {
                Contestant arm = lineup.contestants().get(i);
                results.get(arm).bySeed().put(seed, ArmResult.of(arm, runs.get(i)));
            }
        }
        return results;
    }

    private Comparison comparison(
            Lineup lineup,
            Tuning tuning,
            SluiceConfig common,
            List<Long> seeds,
            Map<Contestant, SeedResults> results) {
        say("resampling the stream");
        List<ComparedArm> arms =
                results.values().stream()
                        .map(arm -> arm.compared(tuning.settings(arm.contestant())))
                        .toList();
        List<ComparedPair> pairs = new ArrayList<>();
        for (Contestant arm : lineup.contestants()) {
            Contestant reference = lineup.referenceOf(arm);
            if (!arm.equals(reference)) {
                pairs.add(results.get(arm).minus(results.get(reference)));
            }
        }
        ArmResult first = results.values().iterator().next().first();
        if (seeds.size() > 1) {
            notes.add("figures are means over the seeds; curves and digests are the first seed's");
        }
        if (arms.stream().anyMatch(arm -> arm.mean().cost().budgetBytes() > 0)) {
            notes.add(BESIDE_THE_BUDGET);
        }
        Report report =
                new Report(
                        "compare",
                        request.stream().revision(),
                        seeds.get(0),
                        ConfigPrinter.tree(common),
                        first.data(),
                        first.window(),
                        arms.stream().map(ComparedArm::mean).toList(),
                        notes);
        return new Comparison(report, seeds, arms, pairs);
    }
}
