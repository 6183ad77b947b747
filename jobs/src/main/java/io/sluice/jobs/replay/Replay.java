package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.files.WorkFolder;
import io.sluice.jobs.replay.dataset.DataProfile;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.report.Report;
import io.sluice.jobs.report.ReportFiles;
import io.sluice.jobs.report.ReportTable;
import io.sluice.state.codec.LearnerCodec;
import io.sluice.state.codec.LearnerPages;
import io.sluice.state.file.WholeFile;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.store.ModelFile;
import io.sluice.state.store.NewestPages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole command: configuration, run, figures, files. Everything a person should know goes to
 * the error stream while it happens, the result to the output stream and the files.
 */
public final class Replay {

    private static final String MODEL = "model.pages";

    private final ReplayRequest request;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<String> notes = new ArrayList<>();

    private Replay(ReplayRequest request, PrintWriter out, PrintWriter err) {
        this.request = request;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a replay to its end.
     *
     * @return what it found, which has been written too
     */
    public static Report run(ReplayRequest request, PrintWriter out, PrintWriter err)
            throws IOException {
        return new Replay(request, out, err).run();
    }

    private Report run() throws IOException {
        err.println("replay: looking through " + request.data());
        err.flush();
        ReplayConfig config = ReplayConfig.of(request, System.currentTimeMillis(), this::note);
        if (request.out().isPresent()) {
            WholeFile.text(request.out().get().resolve("config.yaml"), config.yaml());
        }
        if (config.isInferred()) {
            out.println(config.yaml());
            out.flush();
        }
        try (DeadLetterFile dead =
                new DeadLetterFile(path("dead-letters.jsonl"), config.data().exampleFile())) {
            Run run = run(config, dead);
            Report report = report(config, run, dead);
            new ReportFiles(request.json(), path("report.html")).write(report);
            ReportTable.print(report, out);
            return report;
        }
    }

    private void note(String note) {
        notes.add(note);
        err.println("replay: " + note);
        err.flush();
    }

    private Optional<Path> path(String name) {
        return request.out().map(folder -> folder.resolve(name));
    }

    private Run run(ReplayConfig config, DeadLetterFile dead) throws IOException {
        ReplaySettings settings = config.settings(request.limit());
        RunFacts.sorted(config).ifPresent(this::note);
        EventSource source = new EventSource(config.data(), settings, dead);
        Run run =
                request.flink()
                        ? throughFlink(config, source)
                        : inThisThread(config, settings, source);
        dead.count(run.deadLetters());
        RunFacts.checkAny(request, run, dead);
        return run;
    }

    private Run inThisThread(ReplayConfig config, ReplaySettings settings, EventSource source)
            throws IOException {
        DataProfile profile = config.data().profile();
        Progress progress = new Progress(err, "replay", profile.ofExamples().rows());
        Lane lane = new Lane(settings, judged(config));
        Run run =
                new InProcessReplay(source, settings, progress)
                        .run(profile.examples(), List.of(lane))
                        .get(0);
        if (path(MODEL).isPresent()) {
            write(lane.learner(), path(MODEL).get());
        }
        return run;
    }

    /** Publishes what was learnt as the training job would; the same bytes for the same learner. */
    private static void write(OnlineLearner learner, Path file) throws IOException {
        NewestPages newest = new NewestPages();
        new LearnerPages(learner, new TrainerRun(1, 1))
                .publish(learner.eventTime(), LearnerCodec.digest(learner), newest::add);
        ModelFile.write(file, newest.pages());
    }

    private static Judged judged(ReplayConfig config) throws IOException {
        boolean ofSlates = config.data().profile().examples() == ExampleKind.SLATES;
        return new Judged(ofSlates, config.truth(), example -> {});
    }

    private Run throughFlink(ReplayConfig config, EventSource source) throws IOException {
        note(
                "through Kafka and the training job: examples per second count the start of the job"
                        + " and reading the topics");
        DataProfile profile = config.data().profile();
        try (WorkFolder folder = WorkFolder.temporary("sluice-replay-")) {
            return new FlinkReplay(
                            source,
                            config.config(),
                            request.limit(),
                            profile.ofExamples().rows(),
                            err)
                    .run(profile.examples(), folder.path(), judged(config), path(MODEL));
        }
    }

    private Report report(ReplayConfig config, Run run, DeadLetterFile dead) {
        DataProfile profile = config.data().profile();
        int window = run.judged().window(config.config().scores().windowExamples());
        notes.add(
                config.config().sizedMemory().mode() == MemoryMode.NONE
                        ? "base and default are equal: there is no memory of errors."
                                + " prior predicts the label rate so far"
                        : "base is the model alone, default the model with its memory of errors."
                                + " prior predicts the label rate so far");
        config.config().memoryLeftOut().ifPresent(notes::add);
        notes.addAll(DriftNotes.of(config.config().drift().detector(), run.judged().alarms()));
        if (profile.examples() == ExampleKind.SLATES
                && config.config().model().negativeKeepRate() < 1) {
            notes.add(
                    "model.negativeKeepRate is below 1: slates are judged by the slots that were kept");
        }
        return new Report(
                "replay",
                request.revision(),
                config.config().seed(),
                ConfigPrinter.tree(config.config()),
                RunFacts.of(request, config, run, dead),
                window,
                run.judged().arms(window, run.cost()),
                notes);
    }
}
