package io.sluice.jobs.config;

import io.sluice.state.check.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What users do, and what it means.
 *
 * @param kinds by name, in the order of the file
 * @param aheadMs how far feedback may be stamped before its impression, 0 to 3600000
 */
public record FeedbackConfig(Map<String, FeedbackKind> kinds, long aheadMs) {

    public FeedbackConfig {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        Checks.inRange("feedback.aheadMs", aheadMs, 0, 3_600_000);
    }

    /** Whether any kind makes an item a positive. */
    public boolean hasPositive() {
        return kinds.values().stream().anyMatch(kind -> kind.label() == 1);
    }

    /** How long an impression waits until nothing can change it any more; 0 without kinds. */
    public long longestWindowMs() {
        return kinds.values().stream().mapToLong(FeedbackKind::windowMs).max().orElse(0);
    }
}
