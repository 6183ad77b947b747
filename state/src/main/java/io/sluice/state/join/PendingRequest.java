package io.sluice.state.join;

import io.sluice.state.event.Impression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is remembered of one request while its attribution window is open.
 *
 * <p>Either the impression has come, then feedback is settled at once; or it has not, then feedback
 * waits for it in the order of its arrival. Mutable; not thread-safe.
 */
public final class PendingRequest {

    private Impression impression;
    private Outcome[] outcomes = new Outcome[0];
    private final Set<Given> given = new HashSet<>();
    private final List<Arrival> waiting = new ArrayList<>();

    /**
     * A feedback that was counted.
     *
     * @param slot index of the slot
     * @param kind of the feedback
     */
    public record Given(int slot, String kind) {}

    /** Nothing is remembered: the state can go. */
    public boolean isEmpty() {
        return impression == null && waiting.isEmpty();
    }

    /** The impression; null while it has not come. */
    public Impression impression() {
        return impression;
    }

    /** Takes the impression in; all its slots are open. */
    public void show(Impression shown) {
        impression = shown;
        outcomes = new Outcome[shown.items().size()];
        Arrays.fill(outcomes, Outcome.OPEN);
    }

    /** Index of the slot that shows an item, or -1. */
    public int slotOf(String item) {
        for (int slot = 0; slot < outcomes.length; slot++) {
            if (impression.items().get(slot).id().equals(item)) {
                return slot;
            }
        }
        return -1;
    }

    /** What is known of a slot. */
    public Outcome outcome(int slot) {
        return outcomes[slot];
    }

    /** Settles a slot. */
    public void settle(int slot, Outcome outcome) {
        outcomes[slot] = outcome;
    }

    /** Notes a feedback; false when the same kind was given for this slot before. */
    public boolean give(int slot, String kind) {
        return given.add(new Given(slot, kind));
    }

    /** What was given so far. */
    public Set<Given> given() {
        return given;
    }

    /**
     * Feedback that waits for its impression, in the order of its arrival; to be changed freely.
     */
    public List<Arrival> waiting() {
        return waiting;
    }
}
