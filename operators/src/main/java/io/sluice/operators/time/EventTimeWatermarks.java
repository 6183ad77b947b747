package io.sluice.operators.time;

import io.sluice.state.check.Checks;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.io.Serializable;
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

    private final long outOfOrdernessMs;
    private final long idleMs;
    private final BacklogEnds backlog;
    private final EpochClock clock;

    /** Epoch milliseconds. */
    public interface EpochClock extends LongSupplier, Serializable {}

    /**
     * A strategy.
     *
     * @param outOfOrdernessMs how far back in event time a partition's next record may lie behind
     *     its latest one, milliseconds, 0 or more
     * @param idleMs after how long without a record a partition counts as quiet, milliseconds; 0
     *     means never, for bounded runs
     * @param backlog what the partitions held when the job was submitted
     * @param clock epoch milliseconds
     */
    public EventTimeWatermarks(
            long outOfOrdernessMs, long idleMs, BacklogEnds backlog, EpochClock clock) {
        this.outOfOrdernessMs = Checks.notNegative("train.outOfOrdernessMs", outOfOrdernessMs);
        this.idleMs = Checks.notNegative("train.idleMs", idleMs);
        this.backlog = backlog;
        this.clock = clock;
    }

    @Override
    public WatermarkGenerator<Incoming> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new PartitionWatermarks(
                outOfOrdernessMs, idleMs, backlog, clock, context.getInputActivityClock());
    }

    @Override
    public TimestampAssigner<Incoming> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (incoming, recordTimestamp) ->
                incoming instanceof Arrival arrival ? arrival.event().timestamp() : recordTimestamp;
    }
}
