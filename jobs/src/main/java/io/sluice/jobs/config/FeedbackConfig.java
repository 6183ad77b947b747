package io.sluice.jobs.config;

import io.sluice.state.check.Checks;
import io.sluice.state.join.Patience;
import io.sluice.state.learner.OpenWindow;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What users do, and what it means.
 *
 * @param kinds by name, in the order of the file
 * @param aheadMs how far feedback may be stamped before its impression, 0 to 3600000
 * @param whileOpen what is learnt of an impression while a positive may still come
 * @param patience mean share of the shortest window of a positive for which nothing is assumed, 0
 *     to 1
 */
public record FeedbackConfig(
        Map<String, FeedbackKind> kinds, long aheadMs, OpenWindow.Rule whileOpen, double patience) {

    public FeedbackConfig {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        Checks.inRange("feedback.aheadMs", aheadMs, 0, 3_600_000);
        Checks.inRange("feedback.patience", patience, 0, 1);
    }

    /** Whether any kind makes an item a positive. */
    public boolean hasPositive() {
        return kinds.values().stream().anyMatch(kind -> kind.label() == 1);
    }

    /** What is learnt of an impression while its window is open. */
    public OpenWindow open() {
        long shortest =
                kinds.values().stream()
                        .filter(kind -> kind.label() == 1)
                        .mapToLong(FeedbackKind::windowMs)
                        .min()
                        .orElse(0);
        return new OpenWindow(whileOpen, longestWindowMs(), new Patience(shortest, patience));
    }

    /** How long an impression waits until nothing can change it any more; 0 without kinds. */
    public long longestWindowMs() {
        return kinds.values().stream().mapToLong(FeedbackKind::windowMs).max().orElse(0);
    }
}
