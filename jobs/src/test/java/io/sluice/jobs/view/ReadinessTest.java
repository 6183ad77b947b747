package io.sluice.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final long MAX_LAG_MS = 1000;

    @Test
    void notReadyBeforeKafkaAnswered() {
        Readiness readiness = Readiness.of("model", FollowerStatus.STARTING, 5000, MAX_LAG_MS);

        assertThat(readiness).isEqualTo(new Readiness(false, "Kafka has not answered yet", -1));
    }

    @Test
    void notReadyUntilTheEndOfTheTopicWasReached() {
        FollowerStatus behind = FollowerStatus.STARTING.at(70, false, 0);

        assertThat(Readiness.of("model", behind, 5000, MAX_LAG_MS))
                .isEqualTo(
                        new Readiness(
                                false, "the view is still 70 records behind the model topic", -1));
        assertThat(Readiness.of("model", behind.at(0, true, 6000), 6000, MAX_LAG_MS))
                .isEqualTo(new Readiness(true, null, 0));
    }

    @Test
    void readyWhileBehindForLessThanAllowedAndNotBeyond() {
        FollowerStatus current = FollowerStatus.STARTING.at(0, true, 5000);
        FollowerStatus behind = current.at(9, true, 5000);

        assertThat(Readiness.of("model", behind, 5800, MAX_LAG_MS).ready()).isTrue();
        Readiness late = Readiness.of("model", behind, 6001, MAX_LAG_MS);
        assertThat(late.ready()).isFalse();
        assertThat(late.reason())
                .isEqualTo(
                        "the view is 1001 ms behind the model topic, at most 1000 allowed (serve.readyMaxLagMs)");
    }

    @Test
    void anOutageOfKafkaDoesNotTakeAReadyServerDown() {
        FollowerStatus current = FollowerStatus.STARTING.at(0, true, 5000);
        FollowerStatus outage = current.broken(false, "Kafka does not answer", false);

        assertThat(Readiness.of("model", outage, 60_000, MAX_LAG_MS).ready()).isTrue();
    }

    @Test
    void aStoreThatFailsTakesTheServerOutWithTheReason() {
        FollowerStatus current = FollowerStatus.STARTING.at(0, true, 5000);
        FollowerStatus full = current.broken(true, "the disk is full", false);

        assertThat(Readiness.of("model", full, 60_000, MAX_LAG_MS))
                .isEqualTo(new Readiness(false, "the disk is full", 55_000));
    }
}
