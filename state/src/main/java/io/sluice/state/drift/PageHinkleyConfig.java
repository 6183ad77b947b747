package io.sluice.state.drift;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of {@link PageHinkley}.
 *
 * @param tolerance δ: rise of the mean that is not worth an alarm, in standard deviations, [0, 10]
 * @param threshold λ: sum above mean and tolerance that is one, in standard deviations, (0, 10⁶]
 * @param warmUp examples before the first alarm and after each, 1 to 1000000
 */
public record PageHinkleyConfig(double tolerance, double threshold, int warmUp)
        implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final PageHinkleyConfig DEFAULT = new PageHinkleyConfig(0.03, 130, 1000);

    public PageHinkleyConfig {
        Checks.inRange("drift.pageHinkley.tolerance", tolerance, 0, 10);
        Checks.above("drift.pageHinkley.threshold", threshold, 0, 1e6);
        Checks.inRange("drift.pageHinkley.warmUp", warmUp, 1, 1_000_000);
    }
}
