package io.sluice.state.join;

import io.sluice.state.event.Impression;
import io.sluice.state.event.ShownItem;
import java.util.List;

/** What the join has found out about a request; features are encoded behind it. */
public sealed interface JoinOutput permits JoinOutput.Shown, JoinOutput.Labelled {

    /** When it became known, epoch milliseconds. */
    long time();

    /**
     * Slots were shown without a logged score: they are to be predicted now.
     *
     * @param impression the impression, reduced to those slots
     */
    record Shown(Impression impression) implements JoinOutput {
        @Override
        public long time() {
            return impression.timestamp();
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
            if (impression.items().size() != 1) {
                throw new IllegalArgumentException(
                        "a label belongs to one slot, found " + impression.items().size());
            }
        }

        /** The slot that the label belongs to. */
        public ShownItem slot() {
            return impression.items().get(0);
        }
    }

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
