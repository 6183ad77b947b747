package io.sluice.jobs.quickstart;

import java.util.ArrayList;
import java.util.List;

/** Every visit's outcome: some ten thousand of them, so nothing is summed up early. Thread-safe. */
final class VisitLog {

    private final List<VisitOutcome> outcomes = new ArrayList<>();

    synchronized void add(VisitOutcome outcome) {
        outcomes.add(outcome);
    }

    /** Visits so far. */
    synchronized int size() {
        return outcomes.size();
    }

    /** All outcomes so far, in the order of their end. */
    synchronized List<VisitOutcome> all() {
        return List.copyOf(outcomes);
    }

    /** Outcomes of a stretch of time, milliseconds since the traffic began, end excluded. */
    List<VisitOutcome> between(long fromMs, long toMs) {
        return all().stream()
                .filter(outcome -> outcome.timeMs() >= fromMs && outcome.timeMs() < toMs)
                .toList();
    }
}
