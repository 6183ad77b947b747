package io.sluice.state.join;

import io.sluice.state.event.Interaction;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What {@link RepetitionRule} has to remember of one stream, on the heap. Forgets by event time, so
 * that it holds no more than a window of interactions. Not thread-safe.
 */
public final class SeenInteractions {

    private final RepetitionRule rule;
    private final Map<Key, Long> until = new HashMap<>();
    private final PriorityQueue<Seen> byTime =
            new PriorityQueue<>(Comparator.comparingLong(Seen::until));
    private long eventTime = Long.MIN_VALUE;

    /** Nothing was seen yet. */
    public SeenInteractions(RepetitionRule rule) {
        this.rule = rule;
    }

    /**
     * Takes the next interaction.
     *
     * @return the time up to which its first one is remembered, when it is a repetition; otherwise
     *     null, and it is now a first one itself
     */
    public Long repetition(Interaction interaction) {
        eventTime = Math.max(eventTime, interaction.timestamp() - 1);
        forget();
        if (!rule.covers(interaction)) {
            return null;
        }
        Key key = new Key(interaction.request(), interaction.item());
        Long known = until.get(key);
        if (rule.repeats(interaction, known)) {
            return known;
        }
        long end = rule.until(interaction, eventTime);
        until.put(key, end);
        byTime.add(new Seen(end, key));
        return null;
    }

    private void forget() {
        while (!byTime.isEmpty() && byTime.peek().until() <= eventTime) {
            Seen passed = byTime.poll();
            until.remove(passed.key(), passed.until());
        }
    }

    /** Interactions remembered. */
    public int size() {
        return until.size();
    }

    private record Key(String request, String item) {}

    private record Seen(long until, Key key) {}
}
