package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of the gate between the model and its memory.
 *
 * @param learningRate AdaGrad step of the weights of the corrections, (0, 10]
 * @param start weight that each correction begins with, [0, 1]
 * @param trust probability, before anything was seen, that the memory is right and not the model
 *     alone, (0, 1)
 * @param share what of that trust moves between the two with each example, so that neither is ever
 *     lost for good, [0, 0.1]
 */
public record GateConfig(double learningRate, double start, double trust, double share)
        implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final GateConfig DEFAULT = new GateConfig(0.05, 0.1, 0.5, 1e-6);

    public GateConfig {
        Checks.above("memory.gate.learningRate", learningRate, 0, 10);
        Checks.inRange("memory.gate.start", start, 0, 1);
        Checks.that(trust > 0 && trust < 1, "memory.gate.trust", "within (0, 1)", trust);
        Checks.inRange("memory.gate.share", share, 0, 0.1);
    }
}
