package io.sluice.jobs.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Measures the time from a click to the first answer by a model that has learnt it.
 *
 * <p>Each reply says which event time its model reflects. A click counts as learnt once that time
 * has passed the click's own: the learner works in the order of event time, so whatever is earlier
 * is in. Equal is not enough, since events of one millisecond may fall into two publications.
 * Thread-safe.
 */
final class FreshnessProbe {

    /**
     * One measurement.
     *
     * @param seenMs when the answer came, epoch milliseconds
     * @param delayMs time since the click
     */
    record Sample(long seenMs, long delayMs) {}

    private final PriorityQueue<Long> waiting = new PriorityQueue<>();
    private final List<Sample> samples = new ArrayList<>();

    /** A click was accepted by the server. */
    synchronized void clicked(long timestamp) {
        waiting.add(timestamp);
    }

    /** An answer came by a model that reflects this event time. */
    synchronized void answered(long eventTime, long nowMs) {
        while (!waiting.isEmpty() && waiting.peek() < eventTime) {
            samples.add(new Sample(nowMs, nowMs - waiting.poll()));
        }
    }

    /** Clicks that no answer has reflected yet. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** The delays of what was seen in a stretch of time, end excluded. */
    synchronized Percentiles between(long fromMs, long toMs) {
        return Percentiles.of(
                samples.stream()
                        .filter(sample -> sample.seenMs() >= fromMs && sample.seenMs() < toMs)
                        .mapToLong(Sample::delayMs)
                        .toArray());
    }

    /** All delays. */
    Percentiles overall() {
        return between(Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
