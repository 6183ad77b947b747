package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.state.event.Interaction;
import java.io.IOException;

/**
 * Interactions that stream beside slates, merged in order of time; at equal times the slate comes
 * first, since the interactions hold its outcome. They are counted; no feature learns from them.
 */
final class Behaviour {

    private final EventReader<Interaction> events;
    private Interaction next;
    private long count;

    Behaviour(EventReader<Interaction> events) throws IOException {
        this.events = events;
        next = events.next();
    }

    /** Passes everything that happened before this time. */
    void passBefore(long time) throws IOException {
        while (next != null && next.timestamp() < time) {
            count++;
            next = events.next();
        }
    }

    /** Passes all that is left. */
    void passRest() throws IOException {
        while (next != null) {
            count++;
            next = events.next();
        }
    }

    long count() {
        return count;
    }
}
