package io.sluice.state.evaluate;

/**
 * How well slates were ordered, means over the slates with at least one positive.
 *
 * @param count slates judged
 * @param ndcgAt10 normalised discounted cumulative gain of the first 10, gains 0 or 1, discount
 *     1/log₂(rank + 1) (Järvelin and Kekäläinen, TOIS 2002)
 * @param mrr reciprocal rank of the first positive
 * @param map average precision over all positives
 * @param hrAt10 share of slates with a positive among the first 10
 */
public record SlateSummary(long count, double ndcgAt10, double mrr, double map, double hrAt10) {}
