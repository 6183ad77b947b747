package io.sluice.jobs.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.config.ConfigPrinter;
import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.jobs.report.RankingJson;
import io.sluice.state.evaluate.Interval;
import io.sluice.state.evaluate.RankingContest;
import io.sluice.state.evaluate.RankingFigures;
import io.sluice.state.file.WholeFile;
import io.sluice.state.learner.OnlineLearner;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Slates through the learner, each of them put in order in all ways by what was known before it:
 * the run is that of {@code replay}, the scores are the same for all ways.
 */
public final class RankerReplay {

    private static final String REFERENCE = "sort";
    private static final String ELIMINATION = "elimination";

    private RankerReplay() {}

    /** Runs it; writes a table to {@code out} and the figures to the request's JSON file. */
    public static void run(ReplayRequest request, PrintWriter out, PrintWriter err)
            throws IOException {
        ReplayConfig config =
                ReplayConfig.of(
                        request, System.currentTimeMillis(), note -> err.println("rank: " + note));
        if (config.data().profile().examples() != ExampleKind.SLATES) {
            throw new IllegalArgumentException(
                    "--data %s has no slates; this command needs slates.jsonl"
                            .formatted(request.data()));
        }
        ReplaySettings settings = config.settings(request.limit());
        EventSource source = new EventSource(config.data(), settings, DeadLetterBox.IGNORED);
        Progress progress = new Progress(err, "rank", config.data().profile().ofExamples().rows());
        Judged judged = new Judged(true);
        Lane lane = new Lane(settings, judged);
        OnlineLearner learner = lane.learner();
        RankingContest contest =
                new RankingContest(
                        learner.ranker(),
                        settings.ranking().elimination(),
                        settings.model().dimensions());
        learner.witnessSlates(contest::add);
        List<Run> unused =
                new InProcessReplay(source, settings, progress)
                        .run(ExampleKind.SLATES, List.of(lane));
        report(request, config, contest, learner, judged.examples(), out);
    }

    /** Writes what a contest found. */
    static void report(
            ReplayRequest request,
            ReplayConfig config,
            RankingContest contest,
            OnlineLearner learner,
            long examples,
            PrintWriter out)
            throws IOException {
        out.printf(
                Locale.ROOT,
                "%d slates with something taken; the gate ends with %s after %d changes%n",
                contest.size(),
                learner.ranker().head().policy(),
                learner.ranker().changes());
        table("all slates", contest, false, out);
        table("last fifth", contest, true, out);
        rivals(contest, out);
        out.flush();
        if (request.json().isPresent()) {
            ObjectNode root = new ObjectMapper().createObjectNode();
            root.put("command", "rank");
            root.put("revision", request.revision());
            root.put("seed", config.config().seed());
            root.set("settings", ConfigPrinter.tree(config.config()));
            ObjectNode data = root.putObject("data");
            data.put("path", request.data().toString());
            data.put("sha256", config.data().profile().ofExamples().sha256());
            data.put("examples", examples);
            data.put("slates", contest.size());
            ObjectNode gate = root.putObject("gate");
            gate.put("policy", learner.ranker().head().policy().name());
            gate.put("changes", learner.ranker().changes());
            arms(root.putObject("arms"), contest);
            ObjectNode pairs = root.putObject("pairs");
            pairs(pairs, contest);
            rivals(pairs, contest);
            WholeFile.text(
                    request.json().get(),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root));
        }
    }

    private static void table(String title, RankingContest contest, boolean last, PrintWriter out) {
        Map<String, RankingFigures> figures = contest.figures(last, null);
        Map<String, RankingFigures> gains = contest.figures(last, REFERENCE);
        out.printf("%n%-20s", title);
        RankingFigures.NAMES.forEach(name -> out.printf(" %8s", name));
        out.println("   against sort: ndcg@10, utility");
        figures.forEach(
                (name, f) -> {
                    RankingFigures gain = gains.get(name);
                    out.printf("%-20s", name);
                    f.byName()
                            .values()
                            .forEach(
                                    figure -> out.printf(Locale.ROOT, " %8.4f", figure.estimate()));
                    out.printf("   %s  %s%n", interval(gain.ndcgAt10()), interval(gain.utility()));
                });
    }

    /** Elimination against the ways that make lists diverse. */
    private static void rivals(RankingContest contest, PrintWriter out) {
        for (boolean last : new boolean[] {false, true}) {
            for (String name : contest.figures(last, null).keySet()) {
                if (name.contains("@")) {
                    RankingFigures gain = contest.figures(last, name).get(ELIMINATION);
                    out.printf(
                            Locale.ROOT,
                            "elimination - %s, %s: ndcg@10 %s, utility %s%n",
                            name,
                            last ? "last fifth" : "all",
                            interval(gain.ndcgAt10()),
                            interval(gain.utility()));
                }
            }
        }
    }

    private static String interval(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%+.4f [%+.4f, %+.4f]",
                interval.estimate(),
                interval.low(),
                interval.high());
    }

    private static void arms(ObjectNode arms, RankingContest contest) {
        Map<String, RankingFigures> last = contest.figures(true, null);
        contest.figures(false, null)
                .forEach(
                        (name, figures) -> {
                            ObjectNode slates = arms.putObject(name).putObject("slates");
                            slates.put("count", contest.size());
                            RankingJson.write(slates, figures);
                            RankingJson.write(slates.putObject("last20"), last.get(name));
                        });
    }

    private static void pairs(ObjectNode pairs, RankingContest contest) {
        Map<String, RankingFigures> last = contest.figures(true, REFERENCE);
        contest.figures(false, REFERENCE)
                .forEach(
                        (name, figures) -> {
                            ObjectNode pair = pairs.putObject(name + " - " + REFERENCE);
                            RankingJson.write(pair, figures);
                            RankingJson.write(pair.putObject("last20"), last.get(name));
                        });
    }

    private static void rivals(ObjectNode pairs, RankingContest contest) {
        for (String name : contest.figures(false, null).keySet()) {
            if (name.contains("@")) {
                ObjectNode pair = pairs.putObject(ELIMINATION + " - " + name);
                RankingJson.write(pair, contest.figures(false, name).get(ELIMINATION));
                RankingJson.write(
                        pair.putObject("last20"), contest.figures(true, name).get(ELIMINATION));
            }
        }
    }
}
