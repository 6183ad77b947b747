package io.sluice.operators.train;

import io.sluice.state.check.Checks;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.model.ModelConfig;
import io.sluice.state.rank.Elimination;
import java.io.Serializable;

/**
 * Settings of the training operator.
 *
 * @param model of the learner
 * @param memory of errors behind it
 * @param drift how drift is detected
 * @param schema that features are encoded with
 * @param order in which the learner is fed
 * @param publishIntervalMs least time between two publications, milliseconds, at least 1
 * @param ranking how the ranker eliminates
 */
public record LearnConfig(
        ModelConfig model,
        MemoryConfig memory,
        DriftConfig drift,
        FeatureSchema schema,
        Order order,
        long publishIntervalMs,
        Elimination ranking)
        implements Serializable {

    public LearnConfig {
        Checks.notNull("model", model);
        Checks.notNull("memory", memory);
        Checks.notNull("drift", drift);
        Checks.notNull("features", schema);
        Checks.notNull("train.order", order);
        Checks.positive("publish.intervalMs", publishIntervalMs);
    }

    /** Settings without detector of drift whose ranker is set up as usual. */
    public LearnConfig(
            ModelConfig model,
            MemoryConfig memory,
            FeatureSchema schema,
            Order order,
            long publishIntervalMs) {
        this(
                model,
                memory,
                DriftConfig.NONE,
                schema,
                order,
                publishIntervalMs,
                Elimination.DEFAULT);
    }

    /** The order of learning. */
    public enum Order {
        /** Event time, repeatable; costs the bound on out-of-orderness. */
        EVENT_TIME,
        /** As they come; the lowest latency, and a different sequence at each run. */
        ARRIVAL
    }
}
