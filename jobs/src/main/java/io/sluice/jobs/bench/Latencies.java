package io.sluice.jobs.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Percentiles of what was measured, in microseconds.
 *
 * @param count how many
 * @param failed how many had no proper answer; they count as long as they took
 */
record Latencies(
        long count,
        long failed,
        double p50,
        double p90,
        double p99,
        double p999,
        double max,
        double mean) {

    /** Values up to a minute, to three digits. */
    static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    }

    /** Takes one value. */
    static void record(Histogram into, long nanos) {
        into.recordValue(Math.max(0, Math.min(nanos, into.getHighestTrackableValue())));
    }

    /** The percentiles of a histogram of nanoseconds. */
    static Latencies of(Histogram nanos, long failed) {
        return new Latencies(
                nanos.getTotalCount(),
                failed,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(90) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getValueAtPercentile(99.9) / 1e3,
                nanos.getMaxValue() / 1e3,
                nanos.getMean() / 1e3);
    }
}
