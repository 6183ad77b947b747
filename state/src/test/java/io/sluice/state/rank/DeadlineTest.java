package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void passesWhenTheClockReachesItsEnd() {
        long[] clock = {99};
        Deadline deadline = Deadline.at(() -> clock[0], 100);

        assertThat(deadline.hasPassed()).isFalse();
        clock[0] = 100;
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void survivesAClockThatOverflows() {
        long[] clock = {Long.MAX_VALUE - 5};
        Deadline deadline = Deadline.at(() -> clock[0], clock[0] + 10);

        assertThat(deadline.hasPassed()).isFalse();
        clock[0] += 10;
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void noDeadlineNeverPasses() {
        assertThat(Deadline.none().hasPassed()).isFalse();
    }
}
