package io.sluice.operators.metrics;

import io.sluice.state.event.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts dead letters, one counter for each reason; all are there from the start, at 0. */
public final class DeadLetterCounters {

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    /** Registers the counters. */
    public DeadLetterCounters(MetricGroup group) {
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    group.addGroup(MetricNames.REASON, reason.name())
                            .counter(MetricNames.DEAD_LETTERS));
        }
    }

    /** One more. */
    public void count(Reason reason) {
        counters.get(reason).inc();
    }
}
