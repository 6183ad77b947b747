package io.sluice.jobs.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What users do, and what it means.
 *
 * @param kinds by name, in the order of the file
 */
public record FeedbackConfig(Map<String, FeedbackKind> kinds) {

    public FeedbackConfig {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
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
