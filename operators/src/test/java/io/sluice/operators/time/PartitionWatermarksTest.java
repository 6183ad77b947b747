package io.sluice.operators.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.DeadLetter;
import io.sluice.state.event.Interaction;
import io.sluice.state.event.Reason;
import io.sluice.state.event.SourceRecord;
import io.sluice.state.join.Arrival;
import io.sluice.state.join.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class PartitionWatermarksTest {

    private static final long START = 1_700_000_000_000L;
    private static final long BOUND_MS = 200;
    private static final long IDLE_MS = 1000;
    private static final long INTERVAL_MS = 50;

    private final Recorder output = new Recorder();
    private long now = START;
    private BacklogEnds backlog = BacklogEnds.NONE;
    private final List<PartitionWatermarks> task = new ArrayList<>();
    private PartitionWatermarks partition = partition(IDLE_MS);

    @Test
    void theWatermarkStaysBehindTheLargestTimestampByTheBound() {
        read(START);
        read(START - 50);
        partition.onPeriodicEmit(output);

        assertThat(output.last()).isEqualTo(START - BOUND_MS - 1);
    }

    @Test
    void aQuietPartitionGoesOnWithTheClock() {
        read(START);
        pass(IDLE_MS - 1);
        assertThat(output.last()).isEqualTo(START - BOUND_MS - 1);

        pass(1);
        assertThat(output.last()).isEqualTo(START + IDLE_MS - BOUND_MS - 1);

        pass(500);
        assertThat(output.last()).isEqualTo(START + IDLE_MS + 500 - BOUND_MS - 1);
        assertThat(output.idle).isFalse();
    }

    @Test
    void aQuietPartitionThatWasReadLateCatchesUpAtTwiceTheSpeedOfTheClock() {
        long lateMs = 8_000;
        read(START - lateMs);

        pass(2 * IDLE_MS);
        assertThat(output.last()).isEqualTo(START - lateMs + 4 * IDLE_MS - BOUND_MS - 1);

        pass(lateMs);
        assertThat(output.last()).isEqualTo(now - IDLE_MS - BOUND_MS - 1);
    }

    @Test
    void itNeverGoesBackWhenRecordsComeAgain() {
        read(START);
        pass(3 * IDLE_MS);
        long before = output.last();

        read(START + 10);
        partition.onPeriodicEmit(output);

        assertThat(output.last()).isEqualTo(before);
    }

    @Test
    void aPartitionThatNeverHadAnEventDoesNotHoldTheOthersBack() {
        partition.onPeriodicEmit(output);
        assertThat(output.idle).isFalse();

        pass(IDLE_MS);

        assertThat(output.idle).isTrue();
        assertThat(output.watermarks).isEmpty();
    }

    @Test
    void aQuietPartitionWithOldEventsIsIdleInsteadOfFollowingTheClockFarBehind() {
        read(START - 3_600_000);
        pass(IDLE_MS);

        assertThat(output.idle).isTrue();
    }

    @Test
    void inABoundedRunSilenceMeansNothing() {
        partition = partition(0);
        now += 100 * IDLE_MS;
        partition.onPeriodicEmit(output);
        read(START);
        now += 100 * IDLE_MS;
        partition.onPeriodicEmit(output);

        assertThat(output.idle).isFalse();
        assertThat(output.watermarks).containsExactly(START - BOUND_MS - 1);
    }

    @Test
    void aClockThatIsFastDoesNotCloseEverybodysWindows() {
        partition.onEvent(event(START + 3_600_000, START, 0), START + 3_600_000, output);
        partition.onPeriodicEmit(output);

        assertThat(output.last()).isEqualTo(START - BOUND_MS - 1);
    }

    @Test
    void aRecordThatCouldNotBeReadDoesNotMoveTheWatermark() {
        DeadLetter letter = new DeadLetter("t", 0, 0, null, null, Reason.EMPTY, "nothing");
        partition.onEvent(new Incoming.Refused(letter), START + 50_000, output);
        partition.onPeriodicEmit(output);

        assertThat(output.watermarks).isEmpty();
    }

    @Test
    void aPartitionThatIsNotReadToTheEndOfItsBacklogIsSlowAndNotQuiet() {
        backlog = new BacklogEnds(Map.of("t", Map.of(0, 3L)));
        partition = partition(IDLE_MS);
        read(START - 3_600_000, 0);
        pass(PartitionWatermarks.BACKLOG_MS - 1);
        assertThat(output.idle).isFalse();

        refuse(1);
        pass(1);
        assertThat(output.idle).as("the rest may be marks of transactions").isTrue();

        read(START - 3_500_000, 2);
        partition.onPeriodicEmit(output);
        assertThat(output.last()).isEqualTo(START - 3_500_000 - BOUND_MS - 1);
        pass(IDLE_MS);
        assertThat(output.idle).as("read to its end").isTrue();
    }

    @Test
    void aRefusedRecordCanBeTheLastOfABacklog() {
        backlog = new BacklogEnds(Map.of("t", Map.of(0, 2L)));
        partition = partition(IDLE_MS);
        read(START - 3_600_000, 0);
        refuse(1);
        pass(IDLE_MS);

        assertThat(output.idle).isTrue();
    }

    @Test
    void theFirstRecordOfABacklogMayTakeItsTime() {
        backlog = new BacklogEnds(Map.of("t", Map.of(5, 2L)));
        partition = partition(IDLE_MS);
        pass(PartitionWatermarks.START_MS - 1);
        assertThat(output.idle).isFalse();

        pass(1);

        assertThat(output.idle).isTrue();
    }

    @Test
    void aProcessThatStoodStillDoesNotTakeThatForSilence() {
        read(START);
        now += 100 * IDLE_MS;
        partition.onPeriodicEmit(output);
        assertThat(output.last()).isEqualTo(START - BOUND_MS - 1);

        PartitionWatermarks unread = partition(IDLE_MS);
        Recorder of = new Recorder();
        now += 100 * IDLE_MS;
        unread.onPeriodicEmit(of);
        assertThat(of.idle).isFalse();
        pass(IDLE_MS, unread, of);
        assertThat(of.idle).isTrue();
    }

    @Test
    void anIdlePartitionIsWaitedForOnceMoreWhenTheFirstRecordEndsACommonSilence() {
        PartitionWatermarks other = partition(IDLE_MS);
        Recorder ofOther = new Recorder();
        pass(IDLE_MS);
        pass(IDLE_MS, other, ofOther);
        assertThat(ofOther.idle).isTrue();

        read(now);
        other.onPeriodicEmit(ofOther);
        assertThat(ofOther.idle).as("its first record may be about to come").isFalse();

        for (long passed = 0; passed < IDLE_MS; passed += INTERVAL_MS) {
            pass(INTERVAL_MS);
            read(now);
            other.onPeriodicEmit(ofOther);
        }
        assertThat(ofOther.idle).as("it is quiet on its own").isTrue();
        pass(IDLE_MS);
        read(now);
        other.onPeriodicEmit(ofOther);
        assertThat(ofOther.idle).as("a second common silence").isFalse();
    }

    @Test
    void aPartitionThatGoesOnWithTheClockStopsForNoOther() {
        PartitionWatermarks other = partition(IDLE_MS);
        read(now);
        pass(IDLE_MS);
        pass(IDLE_MS, other, new Recorder());
        long before = output.last();

        Arrival first = event(now, now, 0);
        other.onEvent(first, now, new Recorder());
        pass(INTERVAL_MS);

        assertThat(output.last()).isGreaterThan(before);
    }

    private PartitionWatermarks partition(long idleMs) {
        RelativeClock activity =
                new RelativeClock() {
                    @Override
                    public long relativeTimeMillis() {
                        return now;
                    }

                    @Override
                    public long relativeTimeNanos() {
                        return now * 1_000_000;
                    }
                };
        EventTimeWatermarks settings =
                new EventTimeWatermarks(BOUND_MS, idleMs, INTERVAL_MS, backlog, () -> now);
        return new PartitionWatermarks(settings, activity, task);
    }

    /** Time goes by, and Flink asks as often as it should. */
    private void pass(long ms) {
        pass(ms, partition, output);
    }

    private void pass(long ms, PartitionWatermarks of, Recorder to) {
        for (long left = ms; left > 0; left -= INTERVAL_MS) {
            now += Math.min(left, INTERVAL_MS);
            of.onPeriodicEmit(to);
        }
    }

    private void read(long timestamp) {
        read(timestamp, 0);
    }

    private void read(long timestamp, long offset) {
        partition.onEvent(event(timestamp, now, offset), timestamp, output);
    }

    private void refuse(long offset) {
        DeadLetter letter = new DeadLetter("t", 0, offset, null, null, Reason.EMPTY, "nothing");
        partition.onEvent(new Incoming.Refused(letter), START, output);
    }

    private static Arrival event(long timestamp, long recordTimestamp, long offset) {
        Interaction interaction =
                new Interaction(
                        "", timestamp, "u", "i", 1, Double.NaN, Attributes.EMPTY, Attributes.EMPTY);
        return new Arrival(
                interaction, new SourceRecord("t", 0, offset, recordTimestamp, null, new byte[0]));
    }

    private static final class Recorder implements WatermarkOutput {

        private final List<Long> watermarks = new ArrayList<>();
        private boolean idle;

        long last() {
            return watermarks.get(watermarks.size() - 1);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            watermarks.add(watermark.getTimestamp());
            idle = false;
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }
}
