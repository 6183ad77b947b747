package io.sluice.state.join;

import io.sluice.state.event.Feedback;
import io.sluice.state.event.Impression;
import io.sluice.state.event.Reason;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.join.JoinListener.Absorbed;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings feedback to its impression and decides each slot's label, exactly once.
 *
 * <p>With T the impression's timestamp, f the feedback's, w the window of its kind and W the
 * longest window of all kinds:
 *
 * <ul>
 *   <li>feedback counts when T − aheadMs ≤ f ≤ T + w, and is known at max(f, T);
 *   <li>label 1 makes the slot a positive at once, label 0 a negative at once; what comes behind it
 *       for the same slot is counted and changes nothing;
 *   <li>at T + the request's {@link Patience} each slot without a label is taken for a negative, if
 *       that is before T + W: exactly those whose label is known later;
 *   <li>at T + W each slot without a label becomes a negative, known at T + W, and the request is
 *       forgotten;
 *   <li>feedback without its impression waits until f + max(w, aheadMs), when no impression in time
 *       can come any more.
 * </ul>
 *
 * <p>Whether the impression or its feedback arrives first makes no difference to what is found, as
 * long as neither comes behind the watermark. Among records of one kind the first to arrive wins;
 * they come from one partition, so their order is repeatable.
 *
 * <p>Stateless; all state is in {@link PendingRequest}. O(slots) for each feedback.
 */
public final class RequestJoin {

    private final AttributionConfig config;
    private final long windowMs;

    /** A join by these rules. */
    public RequestJoin(AttributionConfig config) {
        this.config = config;
        windowMs = config.windowMs();
    }

    /** An impression has come. */
    public void impression(
            PendingRequest state,
            Impression impression,
            SourceRecord source,
            long watermark,
            JoinListener listener) {
        long end = impression.timestamp() + windowMs;
        if (state.impression() != null) {
            listener.rejected(
                    source.reject(
                            Reason.DUPLICATE_REQUEST,
                            "request '%s' was shown at %d already; every request needs an id of its own"
                                    .formatted(
                                            impression.request(), state.impression().timestamp())));
        } else if (end <= watermark) {
            listener.rejected(
                    source.reject(
                            Reason.LATE,
                            "its window ended at %d, event time has reached %d"
                                    .formatted(end, watermark)));
        } else {
            show(state, impression, end, listener);
        }
    }

    private void show(
            PendingRequest state, Impression impression, long end, JoinListener listener) {
        state.show(impression);
        listener.wake(end);
        listener.found(new JoinOutput.Shown(impression));
        List<Arrival> waited = new ArrayList<>(state.waiting());
        state.waiting().clear();
        for (Arrival arrival : waited) {
            Feedback feedback = (Feedback) arrival.event();
            if (lastMoment(feedback) != end) {
                listener.cancel(lastMoment(feedback));
            }
            settle(state, feedback, arrival.source(), listener);
        }
        long assumed = assumedAt(impression);
        if (assumed < end) {
            listener.wake(assumed);
        }
    }

    private long assumedAt(Impression impression) {
        return config.patience().end(impression.request(), impression.timestamp(), windowMs);
    }

    /** A feedback has come. */
    public void feedback(
            PendingRequest state,
            Feedback feedback,
            SourceRecord source,
            long watermark,
            JoinListener listener) {
        if (!config.kinds().containsKey(feedback.kind())) {
            listener.rejected(
                    source.reject(
                            Reason.UNKNOWN_KIND,
                            "kind must be one of %s, found '%s'; declare it under feedback.kinds"
                                    .formatted(
                                            config.kinds().keySet().stream().sorted().toList(),
                                            feedback.kind())));
        } else if (state.impression() != null) {
            settle(state, feedback, source, listener);
        } else if (lastMoment(feedback) <= watermark) {
            listener.rejected(
                    source.reject(
                            Reason.LATE,
                            "it could be joined until %d, event time has reached %d"
                                    .formatted(lastMoment(feedback), watermark)));
        } else {
            state.waiting().add(new Arrival(feedback, source));
            listener.wake(lastMoment(feedback));
        }
    }

    /** The latest event time at which a feedback's impression may still come. */
    private long lastMoment(Feedback feedback) {
        AttributionConfig.Kind kind = config.kinds().get(feedback.kind());
        // A kind that was declared when the feedback came may be gone after a restart.
        long window = kind == null ? windowMs : kind.windowMs();
        return feedback.timestamp() + Math.max(window, config.aheadMs());
    }

    private void settle(
            PendingRequest state, Feedback feedback, SourceRecord source, JoinListener listener) {
        Impression impression = state.impression();
        AttributionConfig.Kind kind = config.kinds().get(feedback.kind());
        long after = feedback.timestamp() - impression.timestamp();
        int slot = state.slotOf(feedback.item());
        if (kind == null) {
            listener.rejected(
                    source.reject(
                            Reason.UNKNOWN_KIND,
                            "kind '%s' is not declared any more".formatted(feedback.kind())));
        } else if (slot < 0) {
            listener.rejected(
                    source.reject(
                            Reason.NOT_SHOWN,
                            "request '%s' did not show item '%s'"
                                    .formatted(feedback.request(), feedback.item())));
        } else if (after < -config.aheadMs()) {
            listener.rejected(
                    source.reject(
                            Reason.OUT_OF_RANGE,
                            "timestamp must be at most %d ms before the impression's, found %d ms"
                                    .formatted(config.aheadMs(), -after)));
        } else if (after > kind.windowMs()) {
            listener.rejected(
                    source.reject(
                            Reason.LATE,
                            "kind '%s' counts for %d ms after the impression, found %d ms"
                                    .formatted(feedback.kind(), kind.windowMs(), after)));
        } else if (!state.give(slot, feedback.kind())) {
            listener.rejected(
                    source.reject(
                            Reason.DUPLICATE_FEEDBACK,
                            "kind '%s' was given for item '%s' of request '%s' already"
                                    .formatted(
                                            feedback.kind(), feedback.item(), feedback.request())));
        } else {
            answer(impression, slot, feedback, listener);
            label(state, slot, kind.label(), feedback.timestamp(), listener);
        }
    }

    private static void answer(
            Impression impression, int slot, Feedback feedback, JoinListener listener) {
        listener.found(
                new JoinOutput.Answered(
                        Math.max(feedback.timestamp(), impression.timestamp()),
                        reduce(impression, slot),
                        feedback.kind(),
                        feedback.value()));
    }

    private void label(PendingRequest state, int slot, int label, long at, JoinListener listener) {
        Outcome before = state.outcome(slot);
        if (before.isOpen()) {
            assume(state, slot, at, listener);
            state.settle(slot, label == 1 ? Outcome.POSITIVE : Outcome.NEGATIVE);
            emit(state.impression(), slot, label, at, listener);
        } else if (before == Outcome.POSITIVE) {
            listener.absorbed(Absorbed.ALREADY_POSITIVE);
        } else {
            listener.absorbed(
                    label == 1 ? Absorbed.POSITIVE_AFTER_NEGATIVE : Absorbed.ALREADY_NEGATIVE);
        }
    }

    /** Takes a slot for a negative, if its time has come before {@code at}. */
    private void assume(PendingRequest state, int slot, long at, JoinListener listener) {
        long time = assumedAt(state.impression());
        if (state.outcome(slot) == Outcome.OPEN && time < at) {
            state.settle(slot, Outcome.ASSUMED);
            listener.found(new JoinOutput.Assumed(time, reduce(state.impression(), slot)));
        }
    }

    private static void emit(
            Impression impression, int slot, int label, long at, JoinListener listener) {
        long known = Math.max(at, impression.timestamp());
        listener.found(new JoinOutput.Labelled(known, reduce(impression, slot), label));
    }

    private static Impression reduce(Impression impression, int slot) {
        return JoinOutput.reduce(impression, List.of(impression.items().get(slot)));
    }

    /**
     * Event time has reached {@code time}, as asked for by {@link JoinListener#wake}.
     *
     * @return whether the request is done with, so that its state can be cleared
     */
    public boolean passed(PendingRequest state, long time, JoinListener listener) {
        Impression impression = state.impression();
        if (impression == null) {
            giveUp(state, time, listener);
            return state.isEmpty();
        }
        long end = impression.timestamp() + windowMs;
        for (int slot = 0; slot < impression.items().size(); slot++) {
            assume(state, slot, time + 1, listener);
        }
        if (time < end) {
            // Also for what a run with other settings has asked for: now these hold.
            long assumed = assumedAt(impression);
            listener.wake(time < assumed ? Math.min(assumed, end) : end);
            return false;
        }
        for (int slot = 0; slot < impression.items().size(); slot++) {
            if (state.outcome(slot).isOpen()) {
                emit(impression, slot, 0, end, listener);
            }
        }
        return true;
    }

    private void giveUp(PendingRequest state, long time, JoinListener listener) {
        List<Arrival> waited = new ArrayList<>(state.waiting());
        state.waiting().clear();
        for (Arrival arrival : waited) {
            Feedback feedback = (Feedback) arrival.event();
            if (lastMoment(feedback) > time) {
                state.waiting().add(arrival);
                listener.wake(lastMoment(feedback));
            } else {
                listener.rejected(
                        arrival.source()
                                .reject(
                                        Reason.NO_IMPRESSION,
                                        "no impression of request '%s' came until %d"
                                                .formatted(feedback.request(), time)));
            }
        }
    }
}
