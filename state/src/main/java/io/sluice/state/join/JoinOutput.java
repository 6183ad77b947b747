package io.sluice.state.join;

import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import java.util.List;

/** What the join has found out about a request; features are encoded behind it. */
public sealed interface JoinOutput
        permits JoinOutput.Shown, JoinOutput.Answered, JoinOutput.Assumed, JoinOutput.Labelled {

    /** When it became known, epoch milliseconds. */
    long time();

    /**
     * An impression was accepted; comes before all else of its request.
     *
     * @param impression with all its slots; those without a logged score are to be predicted now
     */
    record Shown(Impression impression) implements JoinOutput {
        @Override
        public long time() {
            return impression.timestamp();
        }
    }

    /**
     * A feedback was accepted, whether it changes the slot's label or not; comes once for each slot
     * and kind.
     *
     * @param time of the feedback, or of the impression if that is later, epoch milliseconds
     * @param impression the impression, reduced to the slot
     * @param kind of the feedback
     * @param value its strength; NaN when it has none
     */
    record Answered(long time, Impression impression, String kind, double value)
            implements JoinOutput {

        public Answered {
            requireOne("a feedback", impression);
        }

        /** The slot that the feedback belongs to. */
        public ShownItem slot() {
            return impression.items().get(0);
        }
    }

    /**
     * One shown slot is taken for a negative; comes at most once for each, before its label.
     *
     * @param time from when on, epoch milliseconds
     * @param impression the impression, reduced to that slot
     */
    record Assumed(long time, Impression impression) implements JoinOutput {

        public Assumed {
            requireOne("an assumption", impression);
        }

        /** The slot that the assumption is about. */
        public ShownItem slot() {
            return impression.items().get(0);
        }
    }

    /**
     * The label of one shown slot; comes once for each.
     *
     * @param time when the label became known, epoch milliseconds
     * @param impression the impression, reduced to that slot
     * @param label the outcome, 0 or 1
     */
    record Labelled(long time, Impression impression, int label) implements JoinOutput {

        public Labelled {
            requireOne("a label", impression);
        }

        /** The slot that the label belongs to. */
        public ShownItem slot() {
            return impression.items().get(0);
        }
    }

    private static void requireOne(String what, Impression impression) {
        if (impression.items().size() != 1) {
            throw new IllegalArgumentException(
                    what + " belongs to one slot, found " + impression.items().size());
        }
    }

    /** The impression that it is about, with the slots that it is about. */
    Impression impression();

    /** An impression reduced to some of its slots. */
    static Impression reduce(Impression impression, List<ShownItem> slots) {
        return new Impression(
                impression.request(),
                impression.timestamp(),
                impression.user(),
                impression.context(),
                slots,
                impression.model());
    }
}
