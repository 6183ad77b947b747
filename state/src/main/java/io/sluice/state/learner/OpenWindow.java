package io.sluice.state.learner;

import io.sluice.state.check.Checks;
import io.sluice.state.join.Patience;
import java.io.Serializable;
import java.util.Optional;

/**
 * What is learnt of a shown item while its window is open, that is, while a positive may still
 * come.
 *
 * @param rule what to do
 * @param windowMs length of the window, event time in milliseconds, 0 or more
 * @param asked how long nothing is assumed; without effect on weights
 */
public record OpenWindow(Rule rule, long windowMs, Patience asked) implements Serializable {

    /** Nothing; labels are learnt as they become known. */
    public static final OpenWindow AS_KNOWN = new OpenWindow(Rule.AS_KNOWN, 0, Patience.ENDLESS);

    public OpenWindow {
        Checks.notNull("rule", rule);
        Checks.notNegative("windowMs", windowMs);
        Checks.notNull("asked", asked);
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

    /** How long a request waits before what nobody touched is taken for a negative. */
    public Patience patience() {
        return switch (rule) {
            case AS_KNOWN, WAIT -> Patience.ENDLESS;
            case RETRACT -> asked;
            // Weights make up for positives that were learnt as negatives before, all of them.
            case WEIGH -> Patience.NONE;
        };
    }

    /**
     * From when on what nobody touched of a request is taken for a negative; {@link Long#MAX_VALUE}
     * when that is never.
     *
     * @param shown when it was shown, epoch milliseconds
     */
    public long assumedAt(String request, long shown) {
        return patience().end(request, shown, windowMs);
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
