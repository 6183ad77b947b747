package io.sluice.state.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one way of ranking did, or how much better than another it did.
 *
 * @param ndcgAt10 normalised discounted cumulative gain of the first 10
 * @param mrr reciprocal rank of the first that was taken
 * @param map average precision
 * @param hrAt10 share of slates with one that was taken among the first 10
 * @param distance mean of 1 − cosine between the first 10
 * @param utility of {@link io.sluice.state.rank.ClickModel}
 */
public record RankingFigures(
        Interval ndcgAt10,
        Interval mrr,
        Interval map,
        Interval hrAt10,
        Interval distance,
        Interval utility) {

    /** What reports call them, in order. */
    public static final List<String> NAMES =
            List.of("ndcg@10", "mrr", "map", "hr@10", "ild", "utility");

    /** All of them by {@link #NAMES}, in that order. */
    public Map<String, Interval> byName() {
        List<Interval> all = List.of(ndcgAt10, mrr, map, hrAt10, distance, utility);
        Map<String, Interval> named = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            named.put(NAMES.get(i), all.get(i));
        }
        return named;
    }
}
