package io.sluice.state.learner;

import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.drift.DriftChange;
import io.sluice.state.drift.DriftConfig;
import io.sluice.state.drift.DriftMonitor;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.memory.ErrorMemory;
import io.sluice.state.model.OnlineModel;
import java.util.function.Consumer;

/**
 * Watches how much labels surprise the model's own predictions, and does what there is to be done
 * when that has risen: memory fades faster for a while, what was settled of the model's sparsity
 * moves again, and the alarm is told.
 *
 * <p>The model's own, because a memory that corrects them hides what the model does not know. Not
 * thread-safe.
 */
final class DriftWatch {

    private final DriftConfig config;
    private final DriftMonitor monitor;
    private final OnlineModel model;
    private final ErrorMemory memory; // null: none
    private Consumer<DriftAlarm> witness = alarm -> {};

    DriftWatch(DriftConfig config, FeatureSchema schema, OnlineModel model, ErrorMemory memory) {
        this.config = config;
        this.model = model;
        this.memory = memory;
        monitor = new DriftMonitor(config, schema);
    }

    /** Shows each alarm to somebody, when all else is done. */
    void witness(Consumer<DriftAlarm> another) {
        witness = another;
    }

    DriftMonitor monitor() {
        return monitor;
    }

    /** Takes a judged example. */
    void see(Example example, Scored scored) {
        for (DriftChange change :
                monitor.observe(example.features(), scored.base(), scored.label())) {
            if (memory != null) {
                memory.hasten(example.time(), config.hastenFactor(), config.hastenMs());
            }
            model.reheat();
            witness.accept(
                    new DriftAlarm(
                            change,
                            config.detector(),
                            scored.sequence(),
                            scored.time(),
                            scored.request(),
                            scored.item()));
        }
    }
}
