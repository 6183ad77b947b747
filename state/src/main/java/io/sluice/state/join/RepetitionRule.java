package io.sluice.state.join;

import io.sluice.state.check.Checks;
import io.sluice.state.event.Interaction;
import java.io.Serializable;

/**
 * Tells the repetition of an interaction from a new one.
 *
 * <p>With T the timestamp of the first interaction of a request and item, and E the event time
 * reached when it came: it is remembered until max(T, E) + windowMs. Another one of the same
 * request and item with a timestamp up to then is a repetition, whatever else it says. One behind
 * that is a new first one.
 *
 * <p>For what comes in time that is T + windowMs, so whether two interactions are one depends on
 * their timestamps and on nothing else. E counts only for what comes late by more than the window:
 * it is learnt all the same, and its own repetitions are recognised. What was forgotten before its
 * repetition came is not; nothing bounded could.
 *
 * @param windowMs how long an interaction is remembered, event time in milliseconds; 0: never
 */
public record RepetitionRule(long windowMs) implements Serializable {

    public RepetitionRule {
        Checks.notNegative("examples.repeatMs", windowMs);
    }

    /** Whether it can be told from others at all: it has a request id, and there is a window. */
    public boolean covers(Interaction interaction) {
        return windowMs > 0 && !interaction.request().isEmpty();
    }

    /**
     * Whether it came before.
     *
     * @param until what {@link #until} said of the first; null when none is remembered
     */
    public boolean repeats(Interaction interaction, Long until) {
        return until != null && interaction.timestamp() <= until;
    }

    /** The event time up to which a first one is remembered. */
    public long until(Interaction first, long eventTime) {
        return Math.max(first.timestamp(), eventTime) + windowMs;
    }

    /** Says of a repetition what it is. */
    public static String explain(Interaction repetition, long until) {
        return "item '%s' of request '%s' has come before; it is remembered until %d"
                .formatted(repetition.item(), repetition.request(), until);
    }
}
