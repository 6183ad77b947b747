package io.sluice.state.drift;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of {@link Adwin}.
 *
 * @param confidence δ: bound of the share of looks at a stream without change that find one; all
 *     detectors of a stream share it, (0, 0.5]
 * @param every how many examples pass between two looks, 1 to 10000
 * @param least examples in the smaller part of a window that is cut, 1 to 1000000
 */
public record AdwinConfig(double confidence, int every, int least) implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final AdwinConfig DEFAULT = new AdwinConfig(0.002, 32, 100);

    public AdwinConfig {
        Checks.above("drift.adwin.confidence", confidence, 0, 0.5);
        Checks.inRange("drift.adwin.every", every, 1, 10_000);
        Checks.inRange("drift.adwin.least", least, 1, 1_000_000);
    }
}
