package io.sluice.jobs.replay;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.files.WorkFolder;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.replay.dataset.Slate;
import io.sluice.state.check.Checks;
import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.ScorerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a configuration would be worth, by the log of another one: the run is that of {@code
 * replay}, and each list is judged by what the configuration's own learner knew before it.
 */
public final class PolicyReplay {

    /**
     * What is asked.
     *
     * @param places how many first places count, 1 or more
     * @param clip largest weight, above 0
     */
    public record Setting(int places, double clip) {

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
        EventSource source =
                new EventSource(
                        config.data(), settings, (file, line, row, reason, detail) -> dead[0]++);
        long lists = checkPropensities(source, request.limit());
        dead[0] = 0; // they come again
        Lane lane = new Lane(settings, new Judged(true));
        OnlineLearner learner = lane.learner();
        Exploration exploration =
                new Exploration(config.config().serve().exploration(), config.config().seed());
        PolicyJudge judge =
                new PolicyJudge(
                        learner,
                        new Ranker(settings.ranking(), exploration, config.config().seed()),
                        setting.places(),
                        setting.clip());
        learner.witnessSlates(judge::add);
        Progress progress =
                new Progress(err, "evaluate", config.data().profile().ofExamples().rows());
        List<Run> unused =
                new InProcessReplay(source, settings, progress)
                        .run(ExampleKind.SLATES, List.of(lane));
        PolicyReport report =
                new PolicyReport(judge.estimates(), setting, lists - judge.size(), dead[0]);
        report.print(out);
        if (request.json().isPresent()) {
            report.write(request.json().get(), request, data, config);
        }
    }

    /** What a ranker would go by that is not kept with a list must not be passed over. */
    private static void refuseWhatTheLogLacks(RankConfig ranking) {
        if (!ranking.learn()) {
            throw new IllegalArgumentException(
                    "rank.learn must be true for evaluate-policy, found false: lists are judged"
                            + " as the learner keeps them");
        }
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

    /** All propensities must be there before any list is judged; returns how many lists. */
    private static long checkPropensities(EventSource source, long limit) throws IOException {
        long lists = 0;
        boolean chance = false;
        try (EventReader<Slate> slates = source.slates()) {
            for (Slate slate = slates.next();
                    slate != null && lists < limit;
                    slate = slates.next()) {
                lists++;
                Impression shown = slate.impression();
                boolean[] places = new boolean[shown.items().size()];
                for (ShownItem item : shown.items()) {
                    check(shown, item, places);
                    chance |= item.propensity() < 1;
                }
            }
        }
        if (lists == 0) {
            throw new IllegalArgumentException("--data must hold lists, found none");
        }
        if (!chance) {
            throw new IllegalArgumentException(
                    "items[].propensity is 1 everywhere: the log was shown without exploration, so"
                            + " it says nothing of other orders; set serve.exploration above 0 and"
                            + " log again");
        }
        return lists;
    }

    private static void check(Impression shown, ShownItem item, boolean[] places) {
        if (!(item.propensity() > 0)) {
            throw new IllegalArgumentException(
                    "request '%s', item '%s': items[].propensity must be within (0, 1], found %s;"
                                    .formatted(
                                            shown.request(),
                                            item.id(),
                                            Double.isNaN(item.propensity())
                                                    ? "none"
                                                    : item.propensity())
                            + " only lists with logged propensities can be judged");
        }
        int place = item.position();
        if (place >= places.length || places[place]) {
            throw new IllegalArgumentException(
                    "request '%s', item '%s': items[].position must be each of 0 to %d once, found"
                                    .formatted(shown.request(), item.id(), places.length - 1)
                            + " %d%s"
                                    .formatted(
                                            place,
                                            place < places.length ? " for the second time" : ""));
        }
        places[place] = true;
    }
}
