package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.state.event.Interaction;
import java.io.IOException;

/**
 * Interactions that stream beside slates, merged in order of time; at equal times the slate comes
 * first, since the interactions hold its outcome.
 */
final class Behaviour {

    private final EventReader<Interaction> events;
    private Interaction next;
    private long count;

    Behaviour(EventReader<Interaction> events) throws IOException {
        this.events = events;
        next = events.next();
    }

    /** Hands out everything that happened before this time. */
    void passBefore(long time, Visitor out) throws IOException {
        while (next != null && next.timestamp() < time) {
            out.visit(next);
            count++;
            next = events.next();
        }
    }

    /** Takes interactions. */
    @FunctionalInterface
    interface Visitor {

        void visit(Interaction event) throws IOException;
    }

    /** Hands out all that is left. */
    void passRest(Visitor out) throws IOException {
        while (next != null) {
            out.visit(next);
            count++;
            next = events.next();
        }
    }

    long count() {
        return count;
    }
}
