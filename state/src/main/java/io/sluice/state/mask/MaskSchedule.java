package io.sluice.state.mask;

import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When weights are exchanged and how many, counted in examples.
 *
 * <p>{@code ζ(n) = floor + ½ (share − floor)(1 + cos(π · min(1, n / coolEvents)))}, n examples
 * since the start or the last drift: the cosine of RigL and DSL, which stops at its floor where
 * DSL's would rise again. An exchange comes with every {@code updateEvents}th example; gradients
 * are collected over the {@code batchEvents} before it.
 *
 * <p>State: two counters. Not thread-safe.
 */
public final class MaskSchedule {

    private final SparsityConfig config;
    private long events;
    private long heatedAt;

    /** A schedule at its start. */
    public MaskSchedule(SparsityConfig config) {
        this.config = config;
    }

    /** Examples so far. */
    public long events() {
        return events;
    }

    /** Whether the gradients of the example under way are to be collected. */
    public boolean collects() {
        return config.method().readsGradients() && isCollecting(events % config.updateEvents());
    }

    /** Whether gradients have been collected that wait for their exchange. */
    public boolean hasCollected() {
        long since = events % config.updateEvents();
        return config.method().readsGradients() && since > 0 && isCollecting(since - 1);
    }

    private boolean isCollecting(long example) {
        return example >= config.updateEvents() - config.batchEvents();
    }

    /** Ends an example; says whether an exchange is due now. */
    public boolean advance() {
        events++;
        return config.method().moves() && events % config.updateEvents() == 0;
    }

    /** The share of the active weights that an exchange moves now. */
    public double share() {
        double along = Math.min(1, (events - heatedAt) / (double) config.coolEvents());
        double range = config.share() - config.floor();
        return config.floor() + 0.5 * range * (1 + StrictMath.cos(Math.PI * along));
    }

    /** Says that the stream has changed: the share starts from the top. */
    public void reheat() {
        heatedAt = events;
    }

    /** Forgets everything. */
    public void clear() {
        events = 0;
        heatedAt = 0;
    }

    /** Writes both counters. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(events);
        out.writeLong(heatedAt);
    }

    /** Replaces the counters by those that {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        long foundEvents = in.readLong();
        long foundHeat = in.readLong();
        if (foundEvents < 0 || foundHeat < 0 || foundHeat > foundEvents) {
            throw new CorruptStateException(
                    "mask schedule: found %d examples, heated at %d; expected 0 <= heated <= examples"
                            .formatted(foundEvents, foundHeat));
        }
        events = foundEvents;
        heatedAt = foundHeat;
    }
}
