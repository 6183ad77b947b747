package io.sluice.jobs.replay;

import io.sluice.jobs.replay.dataset.EventReader;
import io.sluice.jobs.replay.dataset.SideTable;
import io.sluice.state.event.Interaction;
import io.sluice.state.kernel.Hashing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives a stream of positives its negatives: behind each positive, items drawn uniformly from those
 * that the stream has held so far, with the same user, moment and context.
 *
 * <p>A draw that hits the positive itself is left out. The context is that of the positive: a
 * column that belongs to the item, like a price, would tell one from the other, and has to be left
 * out of the features. The same seed and stream give the same draws.
 */
final class SampledNegatives implements EventReader<Interaction> {

    private final EventReader<Interaction> events;
    private final int perPositive;
    private final long seed;
    private final SideTable items;
    private final List<String> seen = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private Interaction positive;
    private int left;
    private long draws;

    /**
     * Negatives behind each positive.
     *
     * @param events the stream, in order of time
     * @param perPositive draws for each positive, 1 or more
     * @param seed of the draws
     * @param items what is known of items
     */
    SampledNegatives(EventReader<Interaction> events, int perPositive, long seed, SideTable items) {
        this.events = events;
        this.perPositive = perPositive;
        this.seed = seed;
        this.items = items;
    }

    @Override
    public Interaction next() throws IOException {
        while (left > 0) {
            String item = draw();
            left--;
            if (!item.equals(positive.item())) {
                return negative(item);
            }
        }
        Interaction event = events.next();
        if (event != null && event.label() == 1) {
            positive = event;
            left = perPositive;
            if (known.add(event.item())) {
                seen.add(event.item());
            }
        }
        return event;
    }

    private String draw() {
        return seen.get((int) (Hashing.unit(Hashing.number(seed, draws++)) * seen.size()));
    }

    private Interaction negative(String item) {
        String request = positive.request();
        return new Interaction(
                request.isEmpty() ? "" : request + "-" + left,
                positive.timestamp(),
                positive.user(),
                item,
                0,
                Double.NaN,
                positive.context(),
                items.of(item));
    }

    @Override
    public long rows() {
        return events.rows();
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
