package io.sluice.state.rank;

import io.sluice.state.check.Checks;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Orders the candidates of a request by score.
 *
 * <p>The rules, in this order:
 *
 * <ol>
 *   <li>What is excluded does not come back, even when it is pinned too.
 *   <li>Pinned candidates stand first, in the order of {@code pinned}; ids that are no candidates
 *       are ignored. Their propensity is 1.
 *   <li>The others follow by falling score, ties by rising item id, so that equal input gives equal
 *       output whatever its order.
 *   <li>Candidates without a score (NaN) follow in the order in which they were listed.
 *   <li>{@link Exploration} may shuffle what is not pinned.
 *   <li>The first {@code k} are returned, or all when k is 0.
 * </ol>
 *
 * <p>Every candidate comes back exactly once unless excluded or cut off by k. O(n log n).
 * Immutable; thread-safe.
 */
public final class Ranker {

    private final Exploration exploration;

    /** A ranker that explores. */
    public Ranker(Exploration exploration) {
        this.exploration = exploration;
    }

    /**
     * Puts the candidates in order.
     *
     * @param request the request
     * @param scores probability of each candidate, in the order of the request; NaN for none
     */
    public List<RankedItem> rank(RerankRequest request, double[] scores) {
        List<Candidate> items = request.items();
        Checks.length("scores", scores.length, items.size());
        Set<String> excluded = new HashSet<>(request.exclude());
        List<Integer> pinned = pinned(request, excluded);
        List<Integer> free = greedy(request, scores, excluded, pinned);
        int wanted = request.k() == 0 ? Integer.MAX_VALUE : request.k();
        List<RankedItem> ranking = new ArrayList<>(Math.min(wanted, pinned.size() + free.size()));
        for (int i = 0; i < pinned.size() && ranking.size() < wanted; i++) {
            add(items, scores, pinned.get(i), 1, ranking);
        }
        int n = free.size();
        int[] arranged = exploration.arrange(request.request(), n);
        for (int place = 0; place < n && ranking.size() < wanted; place++) {
            int greedyPlace = arranged[place];
            double propensity = exploration.propensity(greedyPlace, place, n);
            add(items, scores, free.get(greedyPlace), propensity, ranking);
        }
        return ranking;
    }

    private static void add(
            List<Candidate> items, double[] scores, int i, double propensity, List<RankedItem> to) {
        to.add(new RankedItem(items.get(i).id(), to.size() + 1, scores[i], propensity));
    }

    private static List<Integer> pinned(RerankRequest request, Set<String> excluded) {
        if (request.pinned().isEmpty()) {
            return List.of();
        }
        Map<String, Integer> byId = new HashMap<>();
        for (int i = 0; i < request.items().size(); i++) {
            byId.putIfAbsent(request.items().get(i).id(), i);
        }
        List<Integer> places = new ArrayList<>();
        for (String id : request.pinned()) {
            // Taken out, so that an id that is pinned twice stands once.
            Integer i = excluded.contains(id) ? null : byId.remove(id);
            if (i != null) {
                places.add(i);
            }
        }
        return places;
    }

    private static List<Integer> greedy(
            RerankRequest request, double[] scores, Set<String> excluded, List<Integer> pinned) {
        Set<Integer> taken = new HashSet<>(pinned);
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (!taken.contains(i) && !excluded.contains(request.items().get(i).id())) {
                free.add(i);
            }
        }
        free.sort((a, b) -> compare(request.items(), scores, a, b));
        return free;
    }

    private static int compare(List<Candidate> items, double[] scores, int a, int b) {
        boolean none = Double.isNaN(scores[a]);
        if (none || Double.isNaN(scores[b])) {
            // The sort is stable: two candidates without score keep their listed order.
            return Boolean.compare(none, Double.isNaN(scores[b]));
        }
        int byScore = Double.compare(scores[b], scores[a]);
        return byScore != 0 ? byScore : items.get(a).id().compareTo(items.get(b).id());
    }
}
