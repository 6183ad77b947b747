package io.sluice.state.learner;

import io.sluice.state.check.Checks;
import java.io.Serializable;
import java.util.Optional;

/**
 * What is learnt of a shown item while its window is open, that is, while a positive may still
 * come.
 *
 * @param rule what to do
 * @param windowMs length of the window, event time in milliseconds, 0 or more
 * @param patienceMs how long nothing is assumed, 0 or more; without effect on weights
 */
public record OpenWindow(Rule rule, long windowMs, long patienceMs) implements Serializable {

    /** Nothing; labels are learnt as they become known. */
    public static final OpenWindow AS_KNOWN = new OpenWindow(Rule.AS_KNOWN, 0, 0);

    public OpenWindow {
        Checks.notNull("rule", rule);
        Checks.notNegative("windowMs", windowMs);
        Checks.notNegative("patienceMs", patienceMs);
    }

    /** What to do while a window is open. */
    public enum Rule {
        /** Positives are learnt when they come, negatives when the window closes. */
        AS_KNOWN,
        /** Both are learnt when the window closes. */
        WAIT,
        /** A negative is learnt when patience is over, and undone by a positive. */
        RETRACT,
        /** A negative is learnt at once; it and a positive that follows are weighed. */
        WEIGH
    }

    /** How labels correct what was assumed; empty when nothing is assumed. */
    public Optional<Correction> correction() {
        return switch (rule) {
            case AS_KNOWN, WAIT -> Optional.empty();
            case RETRACT -> Optional.of(Correction.RETRACT);
            case WEIGH -> Optional.of(Correction.WEIGH);
        };
    }

    /**
     * From when on an item is taken for a negative, until its label is known; {@link
     * Long#MAX_VALUE} when that is never.
     *
     * @param shown when the item was shown, epoch milliseconds
     */
    public long assumedAt(long shown) {
        // Weights make up for positives that were learnt as negatives before, all of them.
        long patience = rule == Rule.WEIGH ? 0 : patienceMs;
        boolean assumes = correction().isPresent() && patience < windowMs;
        return assumes ? shown + patience : Long.MAX_VALUE;
    }

    /**
     * When a label is learnt.
     *
     * @param shown when the item was shown, epoch milliseconds
     * @param known when its label became known
     */
    public long learntAt(long shown, long known) {
        return rule == Rule.WAIT ? Math.max(known, shown + windowMs) : known;
    }
}
