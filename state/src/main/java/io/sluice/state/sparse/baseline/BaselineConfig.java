package io.sluice.state.sparse.baseline;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings that only baselines have. The defaults stand in {@code config/reference.yaml}.
 *
 * @param admitAfter how often an id must have been seen to get a row, 1 to 255; tables frequency
 *     and ftrl
 * @param hotShare share of the bytes for ids with rows of their own, [0.1, 0.95]; table cafe
 * @param quotientShare share of the rows that quotients name, [0.01, 0.5]; table quotient
 * @param l1 sum of gradients that a weight must pass to differ from 0, [0, 1000]; table ftrl
 */
public record BaselineConfig(int admitAfter, double hotShare, double quotientShare, double l1)
        implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final BaselineConfig DEFAULT = new BaselineConfig(2, 0.7, 0.1, 0.01);

    public BaselineConfig {
        Checks.inRange("model.baseline.admitAfter", admitAfter, 1, 255);
        Checks.inRange("model.baseline.hotShare", hotShare, 0.1, 0.95);
        Checks.inRange("model.baseline.quotientShare", quotientShare, 0.01, 0.5);
        Checks.inRange("model.baseline.l1", l1, 0, 1000);
    }
}
