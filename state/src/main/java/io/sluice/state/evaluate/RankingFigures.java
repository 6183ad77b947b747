package io.sluice.state.evaluate;

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
        Interval utility) {}
