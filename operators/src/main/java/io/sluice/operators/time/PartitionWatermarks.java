package io.sluice.operators.time;

import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The watermark of one partition.
 *
 * <p>With m the largest timestamp read and b the bound on out-of-orderness, the watermark is m − b
 * − 1. A partition is quiet when nothing came for {@code idleMs}; for {@value #START_MS} ms when
 * nothing has come at all yet and the topics held records when the job was submitted; for {@value
 * #BACKLOG_MS} ms when it held more than was read of it yet: that is slow, not quiet, unless the
 * rest are marks of transactions. What a quiet partition says:
 *
 * <ul>
 *   <li>a partition that runs with the clock (its last event was at most {@value #LIVE_MS} ms old
 *       when it was read) goes on with it: m + (time since the last event) − b − 1, so that windows
 *       close and labels are learnt however little comes. If it was read late, after a start for
 *       instance, it goes twice as fast until it is {@code idleMs} behind the clock, since until
 *       then it holds the others back;
 *   <li>any other partition, an empty one or one with old events only, is marked idle and does not
 *       hold the rest back. Its event time has nothing to do with the clock, so it can't follow it.
 * </ul>
 *
 * <p>A timestamp ahead of its own record's time counts as that time: one product whose clock is an
 * hour fast must not close everybody's windows an hour early.
 *
 * <p>Time without records is measured by a clock that stands still while the partition is held back
 * by alignment or back pressure: waiting is not silence. Not thread-safe.
 */
final class PartitionWatermarks implements WatermarkGenerator<Incoming> {

    /** How long a start may take to bring the first record of a backlog. */
    static final long START_MS = 10_000;

    /** How long the next record of a backlog may take. */
    static final long BACKLOG_MS = 60_000;

    /** Events older than this when they are read are history: the clock says nothing about them. */
    static final long LIVE_MS = 60_000;

    private static final long NONE = Long.MIN_VALUE;

    // -- configuration
    private final long outOfOrdernessMs;
    private final long idleMs;
    private final BacklogEnds backlog;
    private final LongSupplier epochClock;
    private final RelativeClock activityClock;

    // -- runtime
    private long largest = NONE;
    private long lastEventAtMs;
    private boolean withTheClock;
    private long patienceMs;
    private long emitted = NONE;

    PartitionWatermarks(
            long outOfOrdernessMs,
            long idleMs,
            BacklogEnds backlog,
            LongSupplier epochClock,
            RelativeClock activityClock) {
        this.outOfOrdernessMs = outOfOrdernessMs;
        this.idleMs = idleMs;
        this.backlog = backlog;
        patienceMs = backlog.isEmpty() ? idleMs : Math.max(idleMs, START_MS);
        this.epochClock = epochClock;
        this.activityClock = activityClock;
        lastEventAtMs = activityClock.relativeTimeMillis();
    }

    @Override
    public void onEvent(Incoming incoming, long timestamp, WatermarkOutput output) {
        patienceMs = backlog.goesOnBehind(incoming) ? Math.max(idleMs, BACKLOG_MS) : idleMs;
        if (incoming instanceof Arrival arrival) {
            long recordTime = arrival.source().timestamp();
            long time = recordTime < 0 ? timestamp : Math.min(timestamp, recordTime);
            largest = Math.max(largest, time);
            lastEventAtMs = activityClock.relativeTimeMillis();
            withTheClock = idleMs > 0 && epochClock.getAsLong() - time <= LIVE_MS;
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long quietMs = activityClock.relativeTimeMillis() - lastEventAtMs;
        boolean quiet = idleMs > 0 && quietMs >= patienceMs;
        if (quiet && !withTheClock) {
            output.markIdle();
        } else if (largest != NONE) {
            long reached = quiet ? followed(quietMs) : largest;
            emitted = Math.max(emitted, reached - outOfOrdernessMs - 1);
            output.emitWatermark(new Watermark(emitted));
        }
    }

    private long followed(long quietMs) {
        long caughtUp = Math.min(largest + 2 * quietMs, epochClock.getAsLong() - idleMs);
        return Math.max(largest + quietMs, caughtUp);
    }
}
