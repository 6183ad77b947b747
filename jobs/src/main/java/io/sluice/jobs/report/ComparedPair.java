package io.sluice.jobs.report;

import io.sluice.state.evaluate.RankingFigures;
import io.sluice.state.evaluate.ScoreIntervals;

/**
 * How much larger an arm's figures are than another's, over the same examples.
 *
 * @param arm name of the arm
 * @param reference name of the other
 * @param overall of the whole stream
 * @param last20 of the last fifth
 * @param ranked of the orders; null where one of both makes none
 * @param rankedLast20 of those of the last fifth of the slates; null with {@code ranked}
 */
public record ComparedPair(
        String arm,
        String reference,
        ScoreIntervals overall,
        ScoreIntervals last20,
        RankingFigures ranked,
        RankingFigures rankedLast20) {}
