package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.DeadLetterBox;
import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.ExampleKind;
import io.sluice.state.check.Checks;
import io.sluice.state.evaluate.RankingContest;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Interaction;
import io.sluice.state.feature.FeatureEncoder;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.feature.stream.Facts;
import io.sluice.state.learner.Example;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.SlateShown;
import io.sluice.state.rank.LabelledSlate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * The protocol of IRanker (arXiv 2506.21638) on a stream: which of so many candidates is a user's
 * next item? One of them is, the others are drawn among the items seen so far that the user has not
 * had; asked once for each user, at the event behind a history of so many. In order of time: every
 * pool is ranked by what was known before it, then learnt (the paper splits users instead).
 *
 * <p>All events count as positives, whatever their label. The model learns each with a few drawn
 * negatives, features as {@code replay} infers them.
 */
public final class NextItemReplay {

    private static final int NEGATIVES_PER_EVENT = 4;

    private final Setting setting;
    private final OnlineLearner learner;
    private final AsOfEncoder encoder;
    private final NextItemPeers peers;
    private final RankingContest contest;
    private final SplittableRandom random;
    private final FeatureVector vector = new FeatureVector();
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Attributes> features = new ArrayList<>();
    private final List<List<Integer>> histories = new ArrayList<>();
    private final List<Integer> events = new ArrayList<>();
    private int[] pool = {};
    private int user;

    /**
     * What is asked.
     *
     * @param candidates of a pool, 2 to 500
     * @param history events of a user before the question, 1 to 1000
     * @param popular whether negatives are drawn by how often they came, not alike
     */
    public record Setting(int candidates, int history, boolean popular) {
        public Setting {
            Checks.inRange("--candidates", candidates, 2, 500);
            Checks.inRange("--history", history, 1, 1000);
        }
    }

    private NextItemReplay(Setting setting, ReplaySettings settings) {
        this.setting = setting;
        learner =
                new OnlineLearner(
                        settings.model(),
                        settings.memory(),
                        settings.drift(),
                        settings.features(),
                        settings.ranking().elimination());
        encoder = new AsOfEncoder(settings.features());
        peers = new NextItemPeers(setting.history(), settings.model().seed());
        random = new SplittableRandom(settings.model().seed());
        contest =
                new RankingContest(
                        learner.ranker(),
                        settings.ranking().elimination(),
                        settings.model().dimensions());
        learner.witnessSlates(this::judge);
    }

    /** Runs it; writes a table to {@code out} and the figures to the request's JSON file. */
    public static void run(ReplayRequest request, Setting setting, PrintWriter out, PrintWriter err)
            throws IOException {
        ReplayConfig config =
                ReplayConfig.of(
                        request,
                        System.currentTimeMillis(),
                        note -> err.println("next-item: " + note));
        if (config.data().profile().examples() != ExampleKind.INTERACTIONS) {
            throw new IllegalArgumentException(
                    "--data %s has no interactions".formatted(request.data()));
        }
        ReplaySettings settings = config.settings(request.limit());
        NextItemReplay replay = new NextItemReplay(setting, settings);
        Progress progress =
                new Progress(err, "next-item", config.data().profile().ofExamples().rows());
        EventSource source = new EventSource(config.data(), settings, DeadLetterBox.IGNORED);
        try (EventReader<Interaction> events = source.interactions()) {
            long taken = 0;
            Interaction event = events.next();
            while (event != null && taken < request.limit()) {
                replay.take(event);
                progress.at(events.rows());
                taken++;
                event = events.next();
            }
            RankerReplay.report(request, config, replay.contest, replay.learner, taken, out);
        }
    }

    private void take(Interaction event) {
        user = users.computeIfAbsent(event.user(), name -> users.size());
        if (user == histories.size()) {
            histories.add(new ArrayList<>());
        }
        int item = items.computeIfAbsent(event.item(), name -> items.size());
        if (item == names.size()) {
            names.add(event.item());
            features.add(event.features());
        }
        List<Integer> past = histories.get(user);
        encoder.request(event.timestamp(), event.user(), event.context());
        boolean asked = past.size() == setting.history() && names.size() > 4 * setting.candidates();
        if (asked && !past.contains(item)) {
            ask(event, item, past);
        } else {
            learn(event.timestamp(), "", item, 1);
        }
        for (int draw = 0; draw < NEGATIVES_PER_EVENT; draw++) {
            int other = random.nextInt(names.size());
            if (other != item) {
                learn(event.timestamp(), "", other, 0);
            }
        }
        encoder.item(names.get(item), features.get(item));
        encoder.add(Facts.of(event, true));
        peers.learn(user, item, past, names.size());
        past.add(item);
        events.add(item);
    }

    private void ask(Interaction event, int truth, List<Integer> past) {
        pool = draw(truth, past);
        String name = "p" + user;
        List<SlateShown.Slot> slots = new ArrayList<>(pool.length);
        for (int i = 0; i < pool.length; i++) {
            encoder.item(names.get(pool[i]), features.get(pool[i]));
            encoder.encode(FeatureEncoder.NEUTRAL_POSITION, vector);
            slots.add(new SlateShown.Slot(names.get(pool[i]), vector.copy(), 0, i, Float.NaN));
        }
        learner.show(new SlateShown(event.timestamp(), name, slots));
        for (int each : pool) {
            learn(event.timestamp(), name, each, each == truth ? 1 : 0);
        }
    }

    private void learn(long time, String ofRequest, int item, int label) {
        encoder.item(names.get(item), features.get(item));
        encoder.encode(FeatureEncoder.NEUTRAL_POSITION, vector);
        var unused =
                learner.observe(
                        new Example(
                                time,
                                ofRequest,
                                names.get(item),
                                vector,
                                label,
                                Example.Origin.DIRECT,
                                Float.NaN));
    }

    /** The truth among drawn ones, at a drawn place. */
    private int[] draw(int truth, List<Integer> past) {
        Set<Integer> used = new HashSet<>(past);
        used.add(truth);
        int[] drawn = new int[setting.candidates()];
        int place = random.nextInt(drawn.length);
        for (int i = 0; i < drawn.length; i++) {
            if (i == place) {
                drawn[i] = truth;
                continue;
            }
            int item;
            do {
                item =
                        setting.popular()
                                ? events.get(random.nextInt(events.size()))
                                : random.nextInt(names.size());
            } while (!used.add(item));
            drawn[i] = item;
        }
        return drawn;
    }

    private void judge(LabelledSlate slate) {
        contest.add(slate);
        long[] groups = new long[pool.length];
        List<Integer> past = histories.get(user);
        peer("random", slate, groups, i -> i);
        peer("popular-items", slate, groups, i -> -peers.popularity(pool[i]));
        peer("item-knn", slate, groups, i -> -peers.neighbours(pool[i], past));
        peer("bpr-mf", slate, groups, i -> -peers.factors(user, pool[i]));
    }

    private void peer(
            String name, LabelledSlate slate, long[] groups, IntToDoubleFunction lowestFirst) {
        Integer[] order = new Integer[pool.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(lowestFirst::applyAsDouble));
        contest.log(
                name, slate, Arrays.stream(order).mapToInt(Integer::intValue).toArray(), groups);
    }
}
