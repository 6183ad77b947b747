package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.KnownDelays;
import io.sluice.state.event.Interaction;
import io.sluice.state.join.Patience;
import io.sluice.state.kernel.Hashing;
import io.sluice.state.learner.OpenWindow;
import java.util.Optional;

/**
 * When the labels of a replay become known, and what is learnt until then.
 *
 * @param rule what is learnt while a label may still change
 * @param patience mean share of the window for which nothing is assumed, 0 to 1
 * @param windowMs how long after an event a negative is known, 0 or more; 0: labels come with their
 *     events
 * @param positiveMeanMs mean m of an exponential distribution below {@code windowMs}, from which
 *     the time is drawn after which a positive is known: {@code −m ln(1 − u(1 − e^(−window/m)))}, u
 *     from a hash of seed, request and item; 0: it is what {@code delays} say, or else {@code
 *     windowMs}
 * @param seed of the draws
 * @param delays of the rows, by whose number a replay calls its requests
 */
record DelayedLabels(
        OpenWindow.Rule rule,
        double patience,
        long windowMs,
        long positiveMeanMs,
        long seed,
        Optional<KnownDelays> delays) {

    /** Labels come with their events. */
    static final DelayedLabels NONE =
            new DelayedLabels(OpenWindow.Rule.AS_KNOWN, 0, 0, 0, 0, Optional.empty());

    boolean areLate() {
        return windowMs > 0;
    }

    /** What is learnt while a label may still change. */
    OpenWindow open() {
        return new OpenWindow(rule, windowMs, new Patience(windowMs, patience));
    }

    /** When the label of an event becomes known, epoch milliseconds. */
    long known(Interaction event) {
        if (event.label() == 0) {
            return event.timestamp() + windowMs;
        }
        return event.timestamp() + (positiveMeanMs > 0 ? drawn(event) : given(event));
    }

    private long given(Interaction event) {
        long delay =
                delays.isEmpty()
                        ? KnownDelays.UNKNOWN
                        : delays.get().of(Integer.parseInt(event.request()));
        return delay == KnownDelays.UNKNOWN ? windowMs : delay;
    }

    private long drawn(Interaction event) {
        long hash = Hashing.text(Hashing.text(seed, event.request()), event.item());
        double mean = positiveMeanMs;
        double below = 1 - StrictMath.exp(-windowMs / mean);
        double drawn = -mean * StrictMath.log(1 - Hashing.unit(hash) * below);
        return Math.min(windowMs, (long) drawn);
    }
}
