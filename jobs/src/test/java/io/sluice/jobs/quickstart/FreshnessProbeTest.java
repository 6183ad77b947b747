package io.sluice.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FreshnessProbeTest {

    private final FreshnessProbe probe = new FreshnessProbe();

    @Test
    void aClickIsSeenByTheFirstAnswerWhoseModelHasPassedIt() {
        probe.clicked(1000);
        probe.answered(900, 1100);
        probe.answered(1000, 1200);

        assertThat(probe.overall().count()).as("neither earlier nor equal is enough").isZero();

        probe.answered(1001, 1300);
        probe.answered(2000, 2400);

        assertThat(probe.overall()).isEqualTo(new Percentiles(1, 300, 300, 300, 300));
        assertThat(probe.waiting()).isZero();
    }

    @Test
    void oneAnswerMaySeeManyClicksInAnyOrder() {
        probe.clicked(1200);
        probe.clicked(1000);
        probe.clicked(1500);

        probe.answered(1300, 1400);

        assertThat(probe.overall()).isEqualTo(new Percentiles(2, 200, 400, 400, 400));
        assertThat(probe.waiting()).isEqualTo(1);
    }

    @Test
    void aWindowHoldsWhatWasSeenWithin() {
        probe.clicked(1000);
        probe.answered(1100, 1200);
        probe.clicked(1300);
        probe.answered(1400, 1600);

        assertThat(probe.between(1200, 1600)).isEqualTo(new Percentiles(1, 200, 200, 200, 200));
        assertThat(probe.between(1600, 9999)).isEqualTo(new Percentiles(1, 300, 300, 300, 300));
    }

    @Test
    void percentilesAreValuesThatOccurred() {
        long[] oneToAHundred = LongStream.rangeClosed(1, 100).toArray();

        assertThat(Percentiles.of(oneToAHundred)).isEqualTo(new Percentiles(100, 50, 90, 99, 100));
        assertThat(Percentiles.of(new long[0]).p50()).isNaN();
    }
}
