package io.sluice.state.evaluate;

/**
 * The figures of one stretch of the stream of judged predictions.
 *
 * @param number of the window, from 0; window k holds the examples k·n to (k + 1)·n − 1
 * @param firstSequence number of its first example in the order of learning, from 0
 * @param lastSequence number of its last example
 * @param fromTime smallest time at which one of its labels became known, epoch milliseconds
 * @param toTime largest time at which one of its labels became known, epoch milliseconds
 * @param summary its figures
 */
public record ScoreWindow(
        long number,
        long firstSequence,
        long lastSequence,
        long fromTime,
        long toTime,
        Summary summary) {}
