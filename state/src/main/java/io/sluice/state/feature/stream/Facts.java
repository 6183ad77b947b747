package io.sluice.state.feature.stream;

import io.sluice.state.event.Impression;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.ShownItem;
import io.sluice.state.join.JoinOutput;
import java.util.function.Consumer;

/** What events mean as facts. */
public final class Facts {

    private Facts() {}

    /**
     * A labelled event.
     *
     * @param isExample whether it is learnt, so that it is an outcome too
     */
    public static Fact of(Interaction event, boolean isExample) {
        return new Fact(
                isExample ? Fact.INTERACTION | Fact.OUTCOME : Fact.INTERACTION,
                "",
                event.timestamp(),
                event.user(),
                event.context(),
                event.item(),
                event.features(),
                event.label(),
                event.value());
    }

    /** The label of an event became known, later than the event. */
    public static Fact outcome(long time, Interaction event) {
        return new Fact(
                Fact.OUTCOME,
                "",
                time,
                event.user(),
                event.context(),
                event.item(),
                event.features(),
                event.label(),
                event.value());
    }

    /** What a finding of the join means: every slot shown, a feedback, or an outcome. */
    public static void of(JoinOutput output, Consumer<Fact> out) {
        Impression impression = output.impression();
        if (output instanceof JoinOutput.Shown) {
            impression.items().forEach(slot -> out.accept(shown(impression, slot)));
        } else if (output instanceof JoinOutput.Answered answered) {
            out.accept(
                    feedback(
                            answered.time(),
                            answered.kind(),
                            impression,
                            answered.slot(),
                            answered.value()));
        } else if (output instanceof JoinOutput.Labelled labelled) {
            out.accept(outcome(labelled.time(), impression, labelled.slot(), labelled.label()));
        }
    }

    /** An item was shown. */
    public static Fact shown(Impression impression, ShownItem slot) {
        return ofSlot(Fact.IMPRESSION, "", impression.timestamp(), impression, slot, 0, Double.NaN);
    }

    /** A slot's label became known. */
    public static Fact outcome(long time, Impression impression, ShownItem slot, double label) {
        return ofSlot(Fact.OUTCOME, "", time, impression, slot, label, Double.NaN);
    }

    /** A user did something with a shown item. */
    public static Fact feedback(
            long time, String kind, Impression impression, ShownItem slot, double value) {
        return ofSlot(Fact.FEEDBACK, kind, time, impression, slot, 0, value);
    }

    private static Fact ofSlot(
            int type,
            String kind,
            long time,
            Impression impression,
            ShownItem slot,
            double label,
            double value) {
        return new Fact(
                type,
                kind,
                time,
                impression.user(),
                impression.context(),
                slot.id(),
                slot.features(),
                label,
                value);
    }
}
