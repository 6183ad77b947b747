package io.sluice.jobs.replay;

import static java.util.stream.Collectors.joining;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.files.WorkFolder;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.check.Checks;
import io.sluice.state.check.CorruptStateException;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.ScorerConfig;
import io.sluice.state.store.ModelFile;
import io.sluice.state.store.ServedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a configuration would be worth, by the log of another one: the run is that of {@code
 * replay}, and each list is judged by what the configuration's own learner knew before it. Or what
 * a published version of a model would be worth: then nothing is learnt, see {@link VersionReplay}.
 */
public final class PolicyReplay {

    /**
     * What is asked.
     *
     * @param places how many first places count, 1 or more
     * @param clip largest weight, above 0
     * @param model file of the version that is judged; empty: what the configuration learns
     */
    public record Setting(int places, double clip, Optional<Path> model) {

        public Setting {
            Checks.positive("--places", places);
            Checks.that(clip > 0, "--clip", "above 0", clip);
        }
    }

    private PolicyReplay() {}

    /** Runs it; writes a table to {@code out} and the figures to the request's JSON file. */
    public static void run(ReplayRequest request, Setting setting, PrintWriter out, PrintWriter err)
            throws IOException {
        Path data = request.data();
        if (!LoggedLists.isIn(data)) {
            evaluate(request, data, setting, out, err);
            return;
        }
        ConfigLoader given = new ConfigLoader();
        request.config().ifPresent(given::file);
        SluiceConfig config = request.overrides().apply(given).load();
        try (WorkFolder work = WorkFolder.temporary("sluice-lists")) {
            LoggedLists lists = LoggedLists.join(data, work.path(), config);
            err.printf(
                    Locale.ROOT,
                    "evaluate: %,d lists; %,d lines refused%s; %,d positives without their list%n",
                    lists.lists(),
                    lists.refused(),
                    lists.fault().isEmpty() ? "" : " (" + lists.fault() + ")",
                    lists.unmatched());
            evaluate(request.over(work.path()), data, setting, out, err);
        }
    }

    private static void evaluate(
            ReplayRequest request, Path data, Setting setting, PrintWriter out, PrintWriter err)
            throws IOException {
        ReplayConfig config =
                ReplayConfig.of(
                        request,
                        System.currentTimeMillis(),
                        note -> err.println("evaluate: " + note));
        ReplaySettings settings = config.settings(request.limit());
        refuseWhatTheLogLacks(settings.ranking());
        long[] dead = new long[1];
        DeadLetterBox box = (file, line, row, reason, detail) -> dead[0]++;
        Exploration exploration =
                new Exploration(config.config().serve().exploration(), config.config().seed());
        PolicyJudge judge =
                new PolicyJudge(
                        new Ranker(settings.ranking(), exploration, config.config().seed()),
                        setting.places(),
                        setting.clip());
        Progress progress =
                new Progress(err, "evaluate", config.data().profile().ofExamples().rows());
        Optional<JudgedVersion> version = Optional.empty();
        long lists;
        if (setting.model().isPresent()) {
            Path file = setting.model().get();
            try (ServedModel model = open(file, settings.ranking())) {
                WantedNames wanted = WantedNames.ofLog(model.schema());
                EventSource source = new EventSource(config.data(), wanted, settings, box);
                lists = LoggedPropensities.check(source, request.limit());
                dead[0] = 0; // they come again
                version = Optional.of(judge(model, file, source, settings, judge, progress));
            }
        } else {
            EventSource source = new EventSource(config.data(), settings, box);
            lists = LoggedPropensities.check(source, request.limit());
            dead[0] = 0;
            learn(source, settings, judge, progress);
        }
        if (judge.size() == 0) {
            throw new IllegalArgumentException(
                    version.map(JudgedVersion::nothingLeft)
                            .orElse("--data must hold lists of two items or more, found none"));
        }
        PolicyReport report =
                new PolicyReport(
                        judge.estimates(), setting, version, lists - judge.size(), dead[0]);
        report.print(out);
        if (request.json().isPresent()) {
            report.write(request.json().get(), request, data, config);
        }
    }

    /** Judges by what the configuration's own learner knows before each list. */
    private static void learn(
            EventSource source, ReplaySettings settings, PolicyJudge judge, Progress progress)
            throws IOException {
        Checks.that(
                settings.ranking().learn(),
                "rank.learn",
                "true for evaluate-policy without --model, since lists are judged as the learner"
                        + " keeps them",
                settings.ranking().learn());
        Lane lane = new Lane(settings, new Judged(true));
        OnlineLearner learner = lane.learner();
        learner.witnessSlates(
                slate -> judge.add(slate, learner.ranker().head(), learner.ranker().examination()));
        List<Run> unused =
                new InProcessReplay(source, settings, progress)
                        .run(ExampleKind.SLATES, List.of(lane));
    }

    private static ServedModel open(Path file, RankConfig ranking) throws IOException {
        Checks.that(Files.isRegularFile(file), "--model", "a model file", "none at " + file);
        ServedModel model;
        try {
            model = ModelFile.open(file);
        } catch (CorruptStateException e) {
            throw new IllegalArgumentException(
                    "--model must be a model file: " + e.getMessage(), e);
        }
        ranking.group()
                .filter(name -> model.schema().feature(name) == null)
                .ifPresent(
                        name -> {
                            throw new IllegalArgumentException(
                                    "rank.group must name a feature of the model in --model, found"
                                            + " '%s'; it has %s"
                                                    .formatted(name, names(model.schema())));
                        });
        return model;
    }

    private static String names(FeatureSchema schema) {
        return schema.features().stream().map(FeatureSpec::name).collect(joining(", "));
    }

    private static JudgedVersion judge(
            ServedModel model,
            Path file,
            EventSource source,
            ReplaySettings settings,
            PolicyJudge judge,
            Progress progress)
            throws IOException {
        VersionReplay replay = new VersionReplay(model, settings.ranking(), judge);
        try (EventReader<Slate> slates = source.slates();
                EventReader<Interaction> events =
                        source.hasBehaviour() ? source.interactions() : EventReader.none()) {
            SlateMoments.run(slates, new Behaviour(events), settings.limit(), progress, replay);
        }
        return new JudgedVersion(file, model.manifest(), replay.known(), replay.computed());
    }

    /** What a ranker would go by that is not kept with a list must not be passed over. */
    private static void refuseWhatTheLogLacks(RankConfig ranking) {
        if (ranking.scorer().kind() != ScorerConfig.Kind.NONE) {
            throw new IllegalArgumentException(
                    "rank.scorer.kind must be none for evaluate-policy, found %s: features and"
                                    .formatted(ranking.scorer().kind())
                            + " context are not kept with a list");
        }
        if (ranking.thompson() > 0 || ranking.seen().isPresent()) {
            throw new IllegalArgumentException(
                    "rank.thompson must be 0 and rank.seen none for evaluate-policy, found %s and"
                                    .formatted(ranking.thompson())
                            + " %s: evidence and the user's last items are not kept with a list"
                                    .formatted(ranking.seen().orElse("none")));
        }
    }
}
