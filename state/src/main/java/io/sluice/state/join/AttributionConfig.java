package io.sluice.state.join;

import io.sluice.state.check.Checks;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What feedback means and how long it counts.
 *
 * @param kinds by name of the kind, at least one of label 1
 * @param aheadMs how far a feedback's timestamp may lie before that of its impression,
 *     milliseconds, 0 or more: clocks of two machines are never equal
 * @param patience how long after an impression what nobody touched is taken for a negative; until
 *     its window closes it may still become a positive
 */
public record AttributionConfig(Map<String, Kind> kinds, long aheadMs, Patience patience)
        implements Serializable {

    public AttributionConfig {
        kinds = Map.copyOf(new TreeMap<>(kinds));
        Checks.notNegative("feedback.aheadMs", aheadMs);
        Checks.notNull("patience", patience);
        Checks.that(
                kinds.values().stream().anyMatch(kind -> kind.label() == 1),
                "feedback.kinds",
                "at least one kind of label 1",
                kinds.isEmpty() ? "none" : kinds);
    }

    /** Nothing is assumed. */
    public AttributionConfig(Map<String, Kind> kinds, long aheadMs) {
        this(kinds, aheadMs, Patience.ENDLESS);
    }

    /**
     * How long an impression waits before what nobody touched is a negative: the longest window.
     */
    public long windowMs() {
        return kinds.values().stream().mapToLong(Kind::windowMs).max().orElseThrow();
    }

    /**
     * What one kind of feedback means.
     *
     * @param label 1 makes the shown item a positive, 0 an explicit negative
     * @param windowMs how long after the impression it counts, milliseconds, inclusive, at least 1
     */
    public record Kind(int label, long windowMs) implements Serializable {

        public Kind {
            Checks.inRange("feedback.kinds.label", label, 0, 1);
            Checks.positive("feedback.kinds.windowMs", windowMs);
        }
    }
}
