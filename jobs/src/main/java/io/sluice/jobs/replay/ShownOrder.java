package io.sluice.jobs.replay;

import io.sluice.state.learner.Scored;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Puts judged predictions back into the order in which they were made, whatever the order in which
 * their labels became known. So a figure over a stretch of the stream is one of the predictions of
 * that stretch, and runs that learn labels at different times are compared pair by pair.
 */
final class ShownOrder {

    private final Consumer<Scored> judged;
    private final ArrayDeque<Shown> waiting = new ArrayDeque<>();

    /** A prediction on its way; one object for each. */
    static final class Shown {

        private final long time;
        private boolean isDone;
        private Scored scored;

        private Shown(long time) {
            this.time = time;
        }
    }

    ShownOrder(Consumer<Scored> judged) {
        this.judged = judged;
    }

    /** An event is predicted. */
    Shown show(long time) {
        Shown shown = new Shown(time);
        waiting.add(shown);
        return shown;
    }

    /**
     * Its outcome is there; hands on all that nothing before waits for.
     *
     * @param scored null for one that is not judged
     */
    void judge(Shown shown, Scored scored) {
        shown.isDone = true;
        shown.scored = scored;
        while (!waiting.isEmpty() && waiting.peek().isDone) {
            Shown next = waiting.remove();
            if (next.scored != null) {
                judged.accept(at(next.time, next.scored));
            }
        }
    }

    private static Scored at(long time, Scored scored) {
        return new Scored(
                scored.sequence(),
                time,
                scored.request(),
                scored.item(),
                scored.prediction(),
                scored.base(),
                scored.label(),
                scored.weight());
    }
}
