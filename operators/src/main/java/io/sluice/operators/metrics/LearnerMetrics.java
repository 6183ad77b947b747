package io.sluice.operators.metrics;

import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.order.OrderBuffer;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the learner reports.
 *
 * <p>Gauges are read by the reporter's thread while the task learns: a figure may be one event old,
 * which is all right for a figure.
 */
public final class LearnerMetrics {

    private final Counter late;
    private final Counter pages;
    private final Counter publications;
    private final LongSupplier clock;
    private volatile long publishedAt = -1;
    private volatile long freshnessMs = -1;

    /** Registers counters and gauges; {@code clock} gives epoch milliseconds. */
    public LearnerMetrics(
            MetricGroup group, OnlineLearner learner, OrderBuffer buffer, LongSupplier clock) {
        this.clock = clock;
        late = group.counter(MetricNames.LATE);
        pages = group.counter(MetricNames.PAGES);
        publications = group.counter(MetricNames.PUBLICATIONS);
        gauge(group, MetricNames.EXAMPLES, learner::examples);
        gauge(group, MetricNames.SAMPLED_AWAY, learner::sampledAway);
        gauge(group, MetricNames.HELD_PREDICTIONS, learner::heldPredictions);
        gauge(group, MetricNames.WAITING, buffer::size);
        gauge(group, MetricNames.MODEL_ROWS, () -> learner.model().rows());
        gauge(group, MetricNames.MODEL_BYTES, learner::bytes);
        gauge(group, MetricNames.FRESHNESS, () -> freshnessMs);
        gauge(group, MetricNames.PUBLISH_AGE, this::publishAge);
    }

    private static void gauge(MetricGroup group, String name, LongSupplier value) {
        group.gauge(name, (Gauge<Long>) value::getAsLong);
    }

    private long publishAge() {
        long at = publishedAt;
        return at < 0 ? -1 : clock.getAsLong() - at;
    }

    /** An event came behind the watermark. */
    public void late() {
        late.inc();
    }

    /** A page went out. */
    public void page() {
        pages.inc();
    }

    /** A publication is complete. */
    public void published(long nowMs, long eventTime) {
        publications.inc();
        publishedAt = nowMs;
        freshnessMs = nowMs - eventTime;
    }
}
