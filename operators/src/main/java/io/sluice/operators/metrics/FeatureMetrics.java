package io.sluice.operators.metrics;

import io.sluice.state.feature.stream.EntityBuffer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What an operator that keeps records of entities reports. */
public final class FeatureMetrics {

    private final Counter expired;
    private final Counter pages;

    /** Registers counters and gauges. */
    public FeatureMetrics(MetricGroup group, EntityBuffer buffer) {
        expired = group.counter(MetricNames.EXPIRED);
        pages = group.counter(MetricNames.ENTITY_PAGES);
        group.gauge(MetricNames.WAITING_MESSAGES, (Gauge<Integer>) buffer::size);
    }

    /** An entity was forgotten. */
    public void expired() {
        expired.inc();
    }

    /** A record went out. */
    public void page() {
        pages.inc();
    }
}
