package io.sluice.operators.metrics;

import io.sluice.state.join.JoinListener.Absorbed;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts the labels that the join found, and the feedback that changed nothing any more. */
public final class JoinCounters {

    private final Counter positives;
    private final Counter negatives;
    private final Map<Absorbed, Counter> absorbed = new EnumMap<>(Absorbed.class);

    /** Registers the counters. */
    public JoinCounters(MetricGroup group) {
        positives = group.counter(MetricNames.POSITIVES);
        negatives = group.counter(MetricNames.NEGATIVES);
        for (Absorbed how : Absorbed.values()) {
            absorbed.put(
                    how, group.addGroup(MetricNames.HOW, how.name()).counter(MetricNames.ABSORBED));
        }
    }

    /** A slot got its label. */
    public void labelled(int label) {
        (label == 1 ? positives : negatives).inc();
    }

    /** A feedback changed nothing. */
    public void absorbed(Absorbed how) {
        absorbed.get(how).inc();
    }
}
