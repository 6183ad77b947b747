package io.sluice.operators.metrics;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What a task that answers requests reports; called by the threads that answer. */
public final class RerankMetrics {

    /** Latencies that percentiles are taken of. */
    private static final int WINDOW = 2000;

    private final Counter answered;
    private final Counter refused;
    private final Counter failed;
    private final Counter degraded;
    private final Counter replayed;
    private final Counter skipped;
    private final Histogram latency;

    /**
     * Registers counters, the histogram, and gauges of the view.
     *
     * @param eventTime that the view reflects
     * @param lagRecords that it has not read yet
     */
    public RerankMetrics(MetricGroup group, LongSupplier eventTime, LongSupplier lagRecords) {
        answered = group.counter(MetricNames.ANSWERED);
        refused = group.counter(MetricNames.REFUSED);
        failed = group.counter(MetricNames.FAILED);
        degraded = group.counter(MetricNames.DEGRADED);
        replayed = group.counter(MetricNames.REPLAYED);
        skipped = group.counter(MetricNames.SKIPPED);
        latency =
                group.histogram(
                        MetricNames.RERANK_LATENCY, new DescriptiveStatisticsHistogram(WINDOW));
        group.gauge(MetricNames.VIEW_EVENT_TIME, (Gauge<Long>) eventTime::getAsLong);
        group.gauge(MetricNames.VIEW_LAG, (Gauge<Long>) lagRecords::getAsLong);
    }

    /**
     * A request was answered.
     *
     * @param reason why less than usual; null when not
     * @param again whether it may have been answered before
     * @param latencyMs since its record was written
     */
    public synchronized void answered(String reason, boolean again, long latencyMs) {
        answered.inc();
        latency.update(latencyMs);
        if (reason != null) {
            degraded.inc();
        }
        if (again) {
            replayed.inc();
        }
    }

    /** A request was refused. */
    public synchronized void refused() {
        refused.inc();
    }

    /** A request met a fault of ours. */
    public synchronized void failed() {
        failed.inc();
    }

    /** A request was read again and has its reply. */
    public synchronized void skipped() {
        skipped.inc();
    }
}
