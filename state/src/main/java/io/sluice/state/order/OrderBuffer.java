package io.sluice.state.order;

import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.LearnerEventOrder;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Holds events until the watermark has reached them and lets them go in a total order: {@link
 * LearnerEventOrder}, then number of arrival.
 *
 * <p>An event that arrives behind the watermark is not lost: it waits with the others, and since it
 * is earlier than all that wait in time, it stands at the head of the next release.
 *
 * <p>A binary heap: O(log n) for each event in and out. Not thread-safe.
 */
public final class OrderBuffer {

    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::event, LearnerEventOrder.INSTANCE)
                    .thenComparingLong(Entry::arrival);

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(ORDER);
    private long arrivals;

    /**
     * An event that waits.
     *
     * @param event the event
     * @param arrival its number among all that arrived, from 0; decides between equal events
     */
    public record Entry(LearnerEvent event, long arrival) {}

    /** Takes an event in. */
    public void add(LearnerEvent event) {
        entries.add(new Entry(event, arrivals++));
    }

    /** Takes an entry of an earlier buffer back in, under its old number. */
    public void restore(Entry entry) {
        entries.add(entry);
        arrivals = Math.max(arrivals, entry.arrival() + 1);
    }

    /** Takes out the first event if it is not later than {@code watermark}; null if none is. */
    public LearnerEvent poll(long watermark) {
        Entry first = entries.peek();
        if (first == null || first.event().time() > watermark) {
            return null;
        }
        return entries.remove().event();
    }

    /** How many events wait. */
    public int size() {
        return entries.size();
    }

    /** All that wait, in their order: equal buffers give equal lists. */
    public List<Entry> sorted() {
        return entries.stream().sorted(ORDER).toList();
    }
}
