package io.sluice.operators.metrics;

import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftConfig;
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

    /** What {@link MetricNames#SEGMENT} says of the whole stream. */
    private static final String STREAM = "stream";

    private final Counter late;
    private final Counter pages;
    private final Counter publications;
    private final Counter alarms;
    private final Counter alarmsOfSegments;
    private final LongSupplier clock;
    private volatile long publishedAt = -1;
    private volatile long freshnessMs = -1;

    /** Registers counters and gauges; {@code clock} gives epoch milliseconds. */
    public LearnerMetrics(
            MetricGroup group,
            DriftConfig drift,
            OnlineLearner learner,
            OrderBuffer buffer,
            LongSupplier clock) {
        this.clock = clock;
        late = group.counter(MetricNames.LATE);
        pages = group.counter(MetricNames.PAGES);
        publications = group.counter(MetricNames.PUBLICATIONS);
        alarms = alarms(group, STREAM);
        alarmsOfSegments = drift.hasSegments() ? alarms(group, drift.segment()) : alarms;
        gauge(group, MetricNames.EXAMPLES, learner::examples);
        gauge(group, MetricNames.SAMPLED_AWAY, learner::sampledAway);
        gauge(group, MetricNames.HELD_PREDICTIONS, learner::heldPredictions);
        gauge(group, MetricNames.WAITING, buffer::size);
        gauge(group, MetricNames.MODEL_ROWS, () -> learner.model().rows());
        gauge(group, MetricNames.MODEL_BYTES, learner::bytes);
        gauge(group, MetricNames.FRESHNESS, () -> freshnessMs);
        gauge(group, MetricNames.PUBLISH_AGE, this::publishAge);
    }

    private static Counter alarms(MetricGroup group, String segment) {
        return group.addGroup(MetricNames.SEGMENT, segment).counter(MetricNames.DRIFT_ALARMS);
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

    /** The stream has changed, or a segment of it. */
    public void alarm(DriftAlarm alarm) {
        (alarm.change().field().isEmpty() ? alarms : alarmsOfSegments).inc();
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
