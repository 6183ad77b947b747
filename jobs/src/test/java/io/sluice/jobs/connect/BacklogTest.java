package io.sluice.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.time.BacklogEnds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How far partitions may run apart; LiveImportIT asks a broker. */
class BacklogTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void partitionsRunApartByTheTimeThatSoManyEventsTake() {
        assertThat(ahead(Backlog.EVENTS_AHEAD, DAY)).isEqualTo(Duration.ofDays(1));
        assertThat(ahead(2 * Backlog.EVENTS_AHEAD, DAY)).isEqualTo(Duration.ofHours(12));
        assertThat(ahead(1000, DAY)).isEqualTo(Duration.ofDays(50));
    }

    @Test
    void liveTrafficHasTenMinutesHoweverMuchItIs() {
        assertThat(Backlog.NONE.farthestAhead()).isEqualTo(Backlog.LEAST_AHEAD);
        assertThat(ahead(1_000_000_000, DAY)).isEqualTo(Backlog.LEAST_AHEAD);
        assertThat(ahead(5, 0)).isEqualTo(Backlog.LEAST_AHEAD);
    }

    @Test
    void fewEventsOfManyYearsAreNoOverflow() {
        assertThat(ahead(1, 50 * 365 * DAY)).isEqualTo(Duration.ofDays(36_500));
    }

    private static Duration ahead(long records, long spanMs) {
        return new Backlog(BacklogEnds.NONE, records, spanMs).farthestAhead();
    }
}
