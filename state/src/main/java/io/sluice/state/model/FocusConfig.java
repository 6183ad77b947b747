package io.sluice.state.model;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Which examples and gradients are learnt less than others, or all of them more. The defaults
 * stand, with their reasons, in {@code config/reference.yaml}; all of it is off.
 *
 * @param gradientShare share of each embedding's gradient that is stepped along, the largest, (0,
 *     1]
 * @param temperature of the weights by loss, [0, 100]; 0: all examples weigh the same
 * @param learnedStreak right predictions in a row after which an example is left out, 0 to 255; 0:
 *     none is
 * @param learnedError a prediction is right when |σ(z) − y| is at most this, (0, 0.5]
 * @param gradientVariance what gradients' mean square is made, [0, 0.25]; 0: they stay as they come
 */
public record FocusConfig(
        double gradientShare,
        double temperature,
        int learnedStreak,
        double learnedError,
        double gradientVariance)
        implements Serializable {

    /** Everything is learnt in full. */
    public static final FocusConfig NONE = new FocusConfig(1, 0, 0, 0.1, 0);

    public FocusConfig {
        Checks.above("model.focus.gradientShare", gradientShare, 0, 1);
        Checks.inRange("model.focus.temperature", temperature, 0, 100);
        Checks.inRange("model.focus.learnedStreak", learnedStreak, 0, 255);
        Checks.above("model.focus.learnedError", learnedError, 0, 0.5);
        Checks.inRange("model.focus.gradientVariance", gradientVariance, 0, 0.25);
    }

    /** Whether examples weigh differently. */
    public boolean weighsExamples() {
        return temperature > 0 || learnedStreak > 0 || gradientVariance > 0;
    }
}
