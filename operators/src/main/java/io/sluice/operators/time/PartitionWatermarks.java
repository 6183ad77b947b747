package io.sluice.operators.time;

import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.util.List;
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
 * by alignment or back pressure: waiting is not silence. Nor is it silence when the process stands
 * still: from one look to the next at most {@code stepMs} count. And where all partitions of a task
 * were quiet and one of them brings a record, those that are idle are waited for once more: what
 * ends a common silence rarely comes on one partition alone, and they are read one after the other.
 * Not thread-safe.
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
    private final long stepMs;
    private final BacklogEnds backlog;
    private final LongSupplier epochClock;
    private final RelativeClock activityClock;

    /** All partitions of the task, this one too. */
    private final List<PartitionWatermarks> partitions;

    // -- runtime
    private long largest = NONE;
    private long lookedAtMs;
    private long quietMs;
    private boolean isIdle;
    private boolean withTheClock;
    private long patienceMs;
    private long emitted = NONE;

    PartitionWatermarks(
            EventTimeWatermarks settings,
            RelativeClock activityClock,
            List<PartitionWatermarks> partitions) {
        outOfOrdernessMs = settings.outOfOrdernessMs();
        idleMs = settings.idleMs();
        stepMs = settings.stepMs();
        backlog = settings.backlog();
        patienceMs = backlog.isEmpty() ? idleMs : Math.max(idleMs, START_MS);
        epochClock = settings.clock();
        this.activityClock = activityClock;
        lookedAtMs = activityClock.relativeTimeMillis();
        this.partitions = partitions;
        partitions.add(this);
    }

    @Override
    public void onEvent(Incoming incoming, long timestamp, WatermarkOutput output) {
        if (isQuiet() && partitions.stream().allMatch(PartitionWatermarks::isQuiet)) {
            partitions.forEach(PartitionWatermarks::waitOnceMore);
        }
        patienceMs = backlog.goesOnBehind(incoming) ? Math.max(idleMs, BACKLOG_MS) : idleMs;
        if (incoming instanceof Arrival arrival) {
            long recordTime = arrival.source().timestamp();
            long time = recordTime < 0 ? timestamp : Math.min(timestamp, recordTime);
            largest = Math.max(largest, time);
            lookedAtMs = activityClock.relativeTimeMillis();
            quietMs = 0;
            withTheClock = idleMs > 0 && epochClock.getAsLong() - time <= LIVE_MS;
        }
    }

    /** Those that go on with the clock have nothing to wait for: they don't stop for others. */
    private void waitOnceMore() {
        if (!withTheClock) {
            quietMs = 0;
            patienceMs = idleMs;
        }
    }

    private boolean isQuiet() {
        return idleMs > 0 && quietMs >= patienceMs;
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long now = activityClock.relativeTimeMillis();
        quietMs += Math.min(now - lookedAtMs, stepMs);
        lookedAtMs = now;
        boolean quiet = isQuiet();
        if (quiet && !withTheClock) {
            output.markIdle();
            isIdle = true;
            return;
        }
        if (isIdle) {
            output.markActive();
            isIdle = false;
        }
        if (largest != NONE) {
            long reached = quiet ? followed() : largest;
            emitted = Math.max(emitted, reached - outOfOrdernessMs - 1);
            output.emitWatermark(new Watermark(emitted));
        }
    }

    private long followed() {
        long caughtUp = Math.min(largest + 2 * quietMs, epochClock.getAsLong() - idleMs);
        return Math.max(largest + quietMs, caughtUp);
    }
}
