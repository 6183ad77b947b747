package io.sluice.operators.time;

import io.sluice.state.check.Checks;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks for each partition: events are at most so much out of order within their partition.
 *
 * <p>A record that could not be read has no say in event time. See {@link PartitionWatermarks} for
 * the rule.
 */
public final class EventTimeWatermarks implements WatermarkStrategy<Incoming> {

    private static final long serialVersionUID = 1;

    /**
     * Looks that are this many intervals apart are still thought to have seen the silence between.
     */
    private static final int LATE_LOOK = 4;

    private final long outOfOrdernessMs;
    private final long idleMs;
    private final long intervalMs;
    private final BacklogEnds backlog;
    private final EpochClock clock;

    /** Of the task that this copy of the strategy serves. */
    private transient List<PartitionWatermarks> partitions;

    /** Epoch milliseconds. */
    public interface EpochClock extends LongSupplier, Serializable {}

    /**
     * A strategy.
     *
     * @param outOfOrdernessMs how far back in event time a partition's next record may lie behind
     *     its latest one, milliseconds, 0 or more
     * @param idleMs after how long without a record a partition counts as quiet, milliseconds; 0
     *     means never, for bounded runs
     * @param intervalMs how often Flink asks for watermarks, milliseconds
     * @param backlog what the partitions held when the job was submitted
     * @param clock epoch milliseconds
     */
    public EventTimeWatermarks(
            long outOfOrdernessMs,
            long idleMs,
            long intervalMs,
            BacklogEnds backlog,
            EpochClock clock) {
        this.outOfOrdernessMs = Checks.notNegative("train.outOfOrdernessMs", outOfOrdernessMs);
        this.idleMs = Checks.notNegative("train.idleMs", idleMs);
        this.intervalMs = Checks.positive("train.watermarkIntervalMs", intervalMs);
        this.backlog = backlog;
        this.clock = clock;
    }

    @Override
    public WatermarkGenerator<Incoming> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        if (partitions == null) {
            partitions = new ArrayList<>();
        }
        return new PartitionWatermarks(this, context.getInputActivityClock(), partitions);
    }

    long outOfOrdernessMs() {
        return outOfOrdernessMs;
    }

    long idleMs() {
        return idleMs;
    }

    /** The most silence between two looks: a task that is busy looks a little late. */
    long stepMs() {
        return LATE_LOOK * intervalMs;
    }

    BacklogEnds backlog() {
        return backlog;
    }

    EpochClock clock() {
        return clock;
    }

    @Override
    public TimestampAssigner<Incoming> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (incoming, recordTimestamp) ->
                incoming instanceof Arrival arrival ? arrival.event().timestamp() : recordTimestamp;
    }
}
