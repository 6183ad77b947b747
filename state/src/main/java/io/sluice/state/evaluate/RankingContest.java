package io.sluice.state.evaluate;

import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Discounts;
import io.sluice.state.rank.Elimination;
import io.sluice.state.rank.HeadTrainer;
import io.sluice.state.rank.LabelledSlate;
import io.sluice.state.rank.Objective;
import io.sluice.state.rank.OneByOne;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.rank.RankerLearner;
import io.sluice.state.rank.SlateOrders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Ranks every slate in all ways by what was known before it, and keeps what came of it.
 *
 * <p>All ways get the same scores, vectors and groups, those of the moment the slate was shown.
 * Maximal marginal relevance and the determinantal point process have a parameter each: the value
 * that did best on the first fifth of the slates (NDCG@10 and utility together) is reported for the
 * whole, so they are judged kindly there. Not thread-safe.
 */
public final class RankingContest {

    private static final double[] MMR = {0.5, 0.8, 0.9, 0.95};
    private static final double[] DPP = {4, 8, 16, 32};

    private final RankerLearner learner;
    private final HeadTrainer reward;
    private final SlateOrders halving;
    private final SlateOrders exact = new SlateOrders(new OneByOne());
    private final Rerankers rerankers = new Rerankers();
    private final Map<String, RankingLog> arms = new LinkedHashMap<>();
    private final List<RankingLog> mmr = new ArrayList<>();
    private final List<RankingLog> dpp = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private long slates;

    /**
     * A contest.
     *
     * @param learner whose heads take part; must not have learnt a slate that is shown here
     */
    public RankingContest(RankerLearner learner, Elimination how, int dimensions) {
        this.learner = learner;
        reward = new HeadTrainer(Objective.REWARD, Discounts.NDCG, dimensions);
        halving = new SlateOrders(how.newEliminator());
        for (double ignored : MMR) {
            mmr.add(new RankingLog());
        }
        for (double ignored : DPP) {
            dpp.add(new RankingLog());
        }
    }

    /** Takes a slate that the learner is about to learn. */
    public void add(LabelledSlate slate) {
        if (slate.positives() > 0) {
            judge(slate);
            reward.learn(slate, learner.examination(), slates++);
        }
        for (int i = 0; i < slate.labels().length; i++) {
            if (slate.labels()[i] > 0.5f) {
                taken.merge(slate.candidates().id(i), 1, Integer::sum);
            }
        }
    }

    private void judge(LabelledSlate slate) {
        Candidates candidates = slate.candidates();
        long[] groups = halving.groups(candidates);
        RankerHead.Policy out = RankerHead.Policy.ELIMINATION;
        RankerHead head = learner.head(out);
        int[] sort = halving.of(candidates, head, RankerHead.Policy.SORT);
        RankerHead oneShot = learner.head(RankerHead.Policy.ONE_SHOT);
        RankerHead gate = learner.head();
        log("shown", slate, by(slate, i -> slate.positions()[i]), groups);
        log("popularity", slate, by(slate, i -> -taken.getOrDefault(candidates.id(i), 0)), groups);
        log("sort", slate, sort, groups);
        log("one-shot", slate, halving.of(candidates, oneShot, oneShot.policy()), groups);
        log("elimination", slate, halving.of(candidates, head, out), groups);
        log("elimination-exact", slate, exact.of(candidates, head, out), groups);
        log("iranker-reward", slate, halving.of(candidates, reward.head(out), out), groups);
        log("gate", slate, halving.of(candidates, gate, gate.policy()), groups);
        rerankers.begin(candidates, sort);
        for (int v = 0; v < MMR.length; v++) {
            mmr.get(v).add(candidates, rerankers.mmr(MMR[v]), slate.labels(), groups);
        }
        for (int v = 0; v < DPP.length; v++) {
            dpp.get(v).add(candidates, rerankers.dpp(DPP[v]), slate.labels(), groups);
        }
    }

    /** Adds the figures of an order that somebody else made of the slate given last. */
    public void log(String arm, LabelledSlate slate, int[] order, long[] groups) {
        arms.computeIfAbsent(arm, name -> new RankingLog())
                .add(slate.candidates(), order, slate.labels(), groups);
    }

    private static int[] by(LabelledSlate slate, IntToDoubleFunction key) {
        Integer[] order = new Integer[slate.labels().length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingDouble(key::applyAsDouble)
                        .thenComparing(i -> slate.candidates().id(i)));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /** How many slates were judged. */
    public int size() {
        return arms.isEmpty() ? 0 : arms.get("sort").size();
    }

    /**
     * The figures of each way, in the order of the report.
     *
     * @param last whether only the last fifth counts
     * @param against name of the way that all are held against; null for the figures themselves
     */
    public Map<String, RankingFigures> figures(boolean last, String against) {
        Map<String, RankingLog> all = new LinkedHashMap<>(arms);
        if (size() > 0) {
            best("mmr", MMR, mmr, all);
            best("dpp", DPP, dpp, all);
        }
        int from = last ? ScoreLog.lastFifth(size()) : 0;
        RankingLog reference = against == null ? null : all.get(against);
        Map<String, RankingFigures> figures = new LinkedHashMap<>();
        all.forEach((name, log) -> figures.put(name, log.figures(from, reference)));
        return figures;
    }

    private void best(
            String name, double[] values, List<RankingLog> logs, Map<String, RankingLog> into) {
        int best = 0;
        for (int v = 1; v < values.length; v++) {
            boolean better = logs.get(v).worth(size() / 5) > logs.get(best).worth(size() / 5);
            best = better ? v : best;
        }
        into.put(name + "@" + values[best], logs.get(best));
    }
}
