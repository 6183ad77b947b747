package io.sluice.jobs.report;

import io.sluice.state.evaluate.ScoreIntervals;

/**
 * How much larger an arm's figures are than another's, over the same examples.
 *
 * @param arm name of the arm
 * @param reference name of the other
 * @param overall of the whole stream
 * @param last20 of the last fifth
 */
public record ComparedPair(
        String arm, String reference, ScoreIntervals overall, ScoreIntervals last20) {}
