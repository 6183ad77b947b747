package io.sluice.jobs.drift;

/**
 * One event and the truth about it.
 *
 * @param time epoch milliseconds
 * @param user id
 * @param item id
 * @param device context
 * @param label the outcome, 0 or 1
 * @param truth the probability of label 1
 * @param stale what the same probability is to somebody who knows everything but the last change;
 *     equal to {@code truth} where that change makes no difference
 * @param phase number of changes so far
 * @param delayMs from the event to its outcome, for label 1
 */
record DriftEvent(
        long time,
        String user,
        String item,
        String device,
        int label,
        double truth,
        double stale,
        int phase,
        long delayMs) {}
