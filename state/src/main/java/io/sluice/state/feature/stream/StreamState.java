package io.sluice.state.feature.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Streaming features in one process: tables that know all facts before a moment and none of that
 * moment or later.
 *
 * <p>Facts wait until the moment has passed them and then count in the order of time, facts of one
 * time in the order of {@link Fact#tie}: the same order in which the features job applies them. Not
 * thread-safe.
 */
public final class StreamState {

    private static final Comparator<Waiting> ORDER =
            Comparator.comparingLong((Waiting each) -> each.fact.time())
                    .thenComparingLong(Waiting::tie);
    private static final Comparator<ScopeUpdate> BY_TIE =
            Comparator.comparingLong(ScopeUpdate::tie);

    private final boolean isEmpty;
    private final boolean derives;
    private final FactRouter router;
    private final StreamTables tables;
    private final StreamReader reader;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(ORDER);
    private final List<ScopeUpdate> derived = new ArrayList<>();
    private final Consumer<ScopeUpdate> follower = derived::add;
    private final Consumer<ScopeUpdate> applier = this::apply;

    /**
     * A fact, whose tie is computed when another one of its moment, or what follows, asks for it.
     */
    private static final class Waiting {

        private final Fact fact;
        private long tie;
        private boolean isTied;

        Waiting(Fact fact) {
            this.fact = fact;
        }

        long tie() {
            if (!isTied) {
                tie = fact.tie();
                isTied = true;
            }
            return tie;
        }
    }

    /** Knows nothing yet. */
    public StreamState(StreamPlan plan) {
        isEmpty = plan.scopes().isEmpty();
        derives = plan.derives();
        FieldReader fields = plan.fieldReader();
        router = new FactRouter(plan, fields);
        tables = new StreamTables(plan);
        reader = new StreamReader(plan, tables, fields);
    }

    /** Takes a fact, to be known to moments behind its time. */
    public void add(Fact fact) {
        if (!isEmpty) {
            waiting.add(new Waiting(fact));
        }
    }

    /** Takes in all facts with a time before this one. */
    public void advance(long time) {
        while (!waiting.isEmpty() && waiting.peek().fact.time() < time) {
            long moment = waiting.peek().fact.time();
            while (!waiting.isEmpty() && waiting.peek().fact.time() == moment) {
                Waiting next = waiting.poll();
                router.route(next.fact, derives ? next.tie() : 0, applier);
            }
            derived.sort(BY_TIE);
            for (ScopeUpdate update : derived) {
                tables.apply(update, next -> {});
            }
            derived.clear();
        }
    }

    private void apply(ScopeUpdate update) {
        tables.apply(update, follower);
    }

    /** Reads the values of the moment of the last {@link #advance}. */
    public StreamReader reader() {
        return reader;
    }

    /** The tables as of the moment of the last {@link #advance}. */
    public StreamTables tables() {
        return tables;
    }
}
