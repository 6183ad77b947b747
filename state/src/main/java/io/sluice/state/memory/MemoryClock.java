package io.sluice.state.memory;

import io.sluice.state.check.Checks;
import io.sluice.state.check.CorruptStateException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The time by which memory fades: event time, which runs faster for a while after a drift.
 *
 * <p>{@code v(t) = t + past + (factor − 1) · clamp(t − from, 0, until − from)}, milliseconds. All
 * in whole numbers, so that equal clocks agree to the last bit. A drift while the clock still
 * hurries prolongs that. Never runs back.
 */
final class MemoryClock {

    /** Fastest that it runs. */
    private static final int MOST = 1000;

    private static final long CENTURY_MS = 3_155_760_000_000L;

    private long past;
    private long from;
    private long until;
    private int factor = 1;

    /** The time by which memory fades, of an event time. */
    long at(long time) {
        return time + past + hurried(time);
    }

    private long hurried(long time) {
        return (factor - 1) * Math.max(0, Math.min(time, until) - from);
    }

    /** Runs {@code faster} times as fast from a time on. */
    void hasten(long time, int faster, long durationMs) {
        Checks.inRange("factor", faster, 1, MOST);
        Checks.inRange("durationMs", durationMs, 0, CENTURY_MS);
        if (time < until) {
            until = Math.max(until, time + durationMs);
            return;
        }
        past += hurried(time);
        from = time;
        until = time + durationMs;
        factor = faster;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(past);
        out.writeLong(from);
        out.writeLong(until);
        out.writeInt(factor);
    }

    void read(DataInput in) throws IOException {
        past = in.readLong();
        from = in.readLong();
        until = in.readLong();
        factor = in.readInt();
        if (past < 0 || until < from || factor < 1 || factor > MOST) {
            throw new CorruptStateException(
                    "memory clock: found past %d, from %d to %d at %d times the speed"
                            .formatted(past, from, until, factor));
        }
    }
}
