package io.sluice.state.rank;

import io.sluice.state.event.Quota;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the candidates of a request in order.
 *
 * <p>The rules, in this order:
 *
 * <ol>
 *   <li>Who is excluded, pinned or had already: {@link Roles}.
 *   <li>The others fall out of the pool as the policy says ({@link Eliminator}), pinned ones
 *       counting as members; who falls later stands higher. A sort is the policy of one round in
 *       which the pool does not count. Scores are compared as float32, ties go by rising item id.
 *   <li>Quotas decide who may fall ({@link QuotaState}).
 *   <li>A {@link ShortlistScorer}, where there is one, puts the first of them in its own order.
 *   <li>Candidates without a score follow in the order in which they were listed.
 *   <li>{@link Uncertainty} may have moved scores, {@link Exploration} may shuffle what is not
 *       pinned; where quotas hold, within the window and behind it.
 *   <li>The first {@code k} are returned, or all when k is 0.
 * </ol>
 *
 * <p>A propensity is {@code ε/m + (1 − ε)·q} for m places that are shuffled. q is 1 or 0 without
 * Thompson sampling; with it, the share of {@code rank.draws} rankings and the one that is returned
 * in which the item stands at that place: an estimate with a standard error of √(q(1 − q)/draws),
 * never 0. Fewer rankings are drawn when the deadline passes.
 *
 * <p>Every candidate comes back exactly once unless excluded or cut off by k. Thread-safe; each
 * thread has scratch of its own, so nothing but the reply is allocated for a candidate.
 */
public final class Ranker {

    private final RankConfig config;
    private final Exploration exploration;
    private final Uncertainty uncertainty;
    private final Map<String, Quota> configured = new LinkedHashMap<>();
    private final ThreadLocal<Scratch> scratch;
    private final ShortlistScorer scorer; // null: nobody else has the last word

    /** What one thread works with. */
    private static final class Scratch {

        final Candidates candidates = new Candidates();
        final Pool pool = new Pool();
        final Roles roles = new Roles();
        final Eliminator elimination;
        final Eliminator sort = new OneRound(false);
        final Eliminator oneShot = new OneRound(true);
        int[] order = {}; // free candidates, the best first
        int[] falls = {}; // place in the log of falls, −1 for those without score
        int[] shown = {}; // the same candidates as they will stand
        FallLog explained; // of the ranking that is returned
        int[] places = {}; // by candidate, in one ranking
        int[] arranged = {}; // places of one part, as they are shuffled
        double[] here = {}; // by place: how likely chance but for shuffling is to put it there
        double[] among = {}; // and at any place of the part that is shuffled with it

        Scratch(Eliminator elimination) {
            this.elimination = elimination;
        }

        void reserve(int n) {
            if (order.length < n) {
                order = new int[n];
                falls = new int[n];
                shown = new int[n];
                places = new int[n];
                arranged = new int[n];
                here = new double[n];
                among = new double[n];
            }
        }
    }

    /** A ranker that explores and leaves all else to the head. */
    public Ranker(Exploration exploration) {
        this(RankConfig.of(RankConfig.Policy.AUTO), exploration, 0);
    }

    /**
     * A ranker whose order stands.
     *
     * @param seed of Thompson sampling
     */
    public Ranker(RankConfig config, Exploration exploration, long seed) {
        this(config, exploration, seed, null);
    }

    /**
     * A ranker.
     *
     * @param seed of Thompson sampling
     * @param scorer has the last word on the last survivors; null for nobody
     */
    public Ranker(RankConfig config, Exploration exploration, long seed, ShortlistScorer scorer) {
        this.config = config;
        this.scorer = scorer;
        this.exploration = exploration;
        uncertainty = new Uncertainty(config, seed);
        config.quotas()
                .forEach(
                        (group, quota) ->
                                configured.put(
                                        group, new Quota(group, quota.least(), quota.most())));
        scratch = ThreadLocal.withInitial(() -> new Scratch(config.elimination().newEliminator()));
    }

    /** How it was set up. */
    public RankConfig config() {
        return config;
    }

    /** This thread's candidates, for a scorer to fill. */
    public Candidates candidates() {
        return scratch.get().candidates;
    }

    /**
     * Puts the candidates in order.
     *
     * @param request the request
     * @param candidates what was said of them, in the order of the request
     * @param head of the served model
     * @param deadline cuts rounds and draws, never answers
     */
    public Ranking rank(
            RerankRequest request, Candidates candidates, RankerHead head, Deadline deadline) {
        Scratch own = scratch.get();
        own.explained = own.pool.falls();
        own.reserve(candidates.size());
        List<String> unsatisfied = new ArrayList<>(0);
        own.roles.deal(request, candidates, config, unsatisfied);
        RankerHead.Policy policy = config.inForce(head);
        QuotaWindow window = QuotaWindow.of(request, own.roles, configured, config.within());
        boolean complete = order(request, candidates, head, policy, window, 0, own, deadline);
        int free = own.roles.size() - own.roles.pins();
        ScorerFaultException.Fault fault =
                scorer == null ? null : exclude(request, candidates, window, own, deadline);
        arrange(request.request(), window, free, own);
        findLikelihoods(request, candidates, head, policy, window, own, deadline);
        window.check(candidates, own.roles, own.shown, unsatisfied);
        int all = own.roles.size();
        int wanted = request.k() == 0 ? all : Math.min(request.k(), all);
        int[] places = new int[wanted];
        List<RankedItem> items = reply(request, candidates, policy, window, places, own);
        String by = scorer == null || fault != null ? "" : ", " + scorer.name();
        return new Ranking(
                items, Places.of(places), policy.word() + by, unsatisfied, complete, fault);
    }

    /** Lets the scorer put the first free places in order, not beyond what quotas speak of. */
    private ScorerFaultException.Fault exclude(
            RerankRequest request,
            Candidates candidates,
            QuotaWindow window,
            Scratch own,
            Deadline deadline) {
        int scored = own.pool.falls().size();
        int reach = Math.min(window.split(scored), scorer.last());
        if (reach < 2) {
            return null;
        }
        int[] before = Arrays.copyOf(own.order, reach);
        int[] falls = Arrays.copyOf(own.falls, reach);
        ScorerFaultException fault =
                new IterativeExclusion(scorer).run(request, candidates, own.order, reach, deadline);
        for (int place = 0; place < reach; place++) {
            for (int was = 0; was < reach; was++) {
                if (before[was] == own.order[place]) {
                    own.falls[place] = falls[was];
                }
            }
        }
        return fault == null ? null : fault.fault();
    }

    /**
     * How likely each candidate is to stand at each place, over all chance that the ranker takes:
     * what {@link #rank} puts into its replies, for all candidates and not the returned ones alone.
     * Takes {@code rank.draws} rankings more under Thompson sampling.
     *
     * @param places how many first places are asked for
     * @return by place from 0, then by candidate; a place behind the last is all 0
     */
    public double[][] placements(
            RerankRequest request, Candidates candidates, RankerHead head, int places) {
        Scratch own = scratch.get();
        own.reserve(candidates.size());
        own.roles.deal(request, candidates, config, new ArrayList<>(0));
        RankerHead.Policy policy = config.inForce(head);
        QuotaWindow window = QuotaWindow.of(request, own.roles, configured, config.within());
        int all = own.roles.size();
        int free = all - own.roles.pins();
        int draws = uncertainty.isOff() ? 1 : config.draws();
        double[][] greedy = new double[free][candidates.size()];
        for (int draw = 0; draw < draws; draw++) {
            boolean unused =
                    order(request, candidates, head, policy, window, draw, own, Deadline.none());
            for (int f = 0; f < free; f++) {
                greedy[f][own.order[f]] += 1.0 / draws;
            }
        }
        double[][] shuffled = exploration.shuffled(greedy, window.split(free), candidates.size());
        double[][] placed = new double[places][candidates.size()];
        int next = 0;
        for (int place = 0; place < Math.min(places, all); place++) {
            int pinned = own.roles.pinnedAt(place);
            if (pinned >= 0) {
                placed[place][pinned] = 1;
            } else {
                placed[place] = shuffled[next++];
            }
        }
        return placed;
    }

    /** Fills {@code order}; false when the deadline cut rounds. */
    private boolean order(
            RerankRequest request,
            Candidates candidates,
            RankerHead head,
            RankerHead.Policy policy,
            QuotaWindow window,
            int draw,
            Scratch own,
            Deadline deadline) {
        Pool pool = own.pool;
        Roles roles = own.roles;
        boolean sorts = policy == RankerHead.Policy.SORT;
        pool.begin(candidates, sorts ? RankerHead.sort(0) : head);
        int unscored = roles.size() - roles.pins();
        for (int i = 0; i < candidates.size(); i++) {
            if (roles.isPinned(i)) {
                pool.addFixed(i, roles.place(i) < window.places());
            } else if (roles.isFree(i) && candidates.isScored(i)) {
                pool.add(i, uncertainty.bonus(request.request(), candidates, i, draw));
                unscored--;
            }
        }
        window.declareTo(pool.quotas());
        int scored = pool.size();
        boolean complete = true;
        if (scored > 0) {
            complete = eliminator(policy, own).run(pool, stopAt(request, roles), deadline);
            if (pool.size() > 0) {
                pool.settle(pool.nextRound());
            }
        }
        for (int f = 0; f < scored; f++) {
            own.order[scored - 1 - f] = pool.falls().candidate(f);
            own.falls[scored - 1 - f] = f;
        }
        int at = scored;
        for (int i = 0; unscored > 0 && i < candidates.size(); i++) {
            if (roles.isFree(i) && !candidates.isScored(i)) {
                own.order[at] = i;
                own.falls[at++] = -1;
                unscored--;
            }
        }
        return complete;
    }

    private static Eliminator eliminator(RankerHead.Policy policy, Scratch own) {
        return switch (policy) {
            case SORT -> own.sort;
            case ONE_SHOT -> own.oneShot;
            case ELIMINATION -> own.elimination;
        };
    }

    /**
     * Few that are asked for are put in order round by round, so that the first places don't depend
     * on how many are asked for; of many, the survivors are sorted as they are.
     */
    private int stopAt(RerankRequest request, Roles roles) {
        int wanted = request.k() == 0 ? 0 : request.k() - roles.pinsWithin(request.k());
        return wanted > config.shortlist() ? wanted : 1;
    }

    /** Shuffles what will be shown; with quotas, each part by itself. */
    private void arrange(String request, QuotaWindow window, int free, Scratch own) {
        int split = window.split(free);
        exploration.arrange(request, split, own.arranged);
        for (int place = 0; place < split; place++) {
            own.shown[place] = own.order[own.arranged[place]];
        }
        if (split < free) {
            exploration.arrange(request, free - split, own.arranged);
            for (int place = split; place < free; place++) {
                own.shown[place] = own.order[split + own.arranged[place - split]];
            }
        }
    }

    /** How likely chance is to put each shown item where it stands, but for shuffling. */
    private void findLikelihoods(
            RerankRequest request,
            Candidates candidates,
            RankerHead head,
            RankerHead.Policy policy,
            QuotaWindow window,
            Scratch own,
            Deadline deadline) {
        int free = own.roles.size() - own.roles.pins();
        int split = window.split(free);
        Arrays.fill(own.here, 0, free, 0);
        Arrays.fill(own.among, 0, free, 0);
        count(split, free, own);
        int draws = 1;
        if (!uncertainty.isOff()) {
            int[] order = own.order.clone();
            int[] falls = own.falls.clone();
            own.explained = own.pool.falls().copy();
            while (draws <= config.draws() && !deadline.hasPassed()) {
                boolean unused =
                        order(request, candidates, head, policy, window, draws, own, deadline);
                count(split, free, own);
                draws++;
            }
            own.order = order;
            own.falls = falls;
        }
        for (int place = 0; place < free; place++) {
            own.here[place] /= draws;
            own.among[place] /= draws;
        }
    }

    /** Counts where a ranking has the items that will be shown. */
    private static void count(int split, int free, Scratch own) {
        for (int place = 0; place < free; place++) {
            own.places[own.order[place]] = place;
        }
        for (int place = 0; place < free; place++) {
            int inRanking = own.places[own.shown[place]];
            own.here[place] += inRanking == place ? 1 : 0;
            own.among[place] += (inRanking < split) == (place < split) ? 1 : 0;
        }
    }

    private List<RankedItem> reply(
            RerankRequest request,
            Candidates candidates,
            RankerHead.Policy policy,
            QuotaWindow window,
            int[] places,
            Scratch own) {
        int wanted = places.length;
        int allFree = own.roles.size() - own.roles.pins();
        int[] fallOf = request.explain() ? fallsByCandidate(candidates.size(), allFree, own) : null;
        int split = window.split(allFree);
        List<RankedItem> items = new ArrayList<>(wanted);
        int free = 0;
        for (int place = 0; place < wanted; place++) {
            int pinned = own.roles.pinnedAt(place);
            if (pinned >= 0) {
                places[place] = pinned;
                items.add(RankedItems.plain(candidates, pinned, place, 1));
                continue;
            }
            int i = own.shown[free];
            places[place] = i;
            int shuffled = free < split ? split : allFree - split;
            double propensity = exploration.propensity(own.here[free], own.among[free], shuffled);
            free++;
            if (fallOf == null) {
                items.add(RankedItems.plain(candidates, i, place, propensity));
            } else {
                boolean rounds = policy != RankerHead.Policy.SORT;
                items.add(
                        RankedItems.explained(
                                candidates,
                                i,
                                place,
                                propensity,
                                own.explained,
                                fallOf[i],
                                rounds));
            }
        }
        return items;
    }

    private static int[] fallsByCandidate(int candidates, int free, Scratch own) {
        int[] falls = new int[candidates];
        for (int place = 0; place < free; place++) {
            falls[own.order[place]] = own.falls[place];
        }
        return falls;
    }
}
