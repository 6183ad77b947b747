package io.sluice.operators.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventTimeWaitsTest {

    private static final long LONG_MS = 3_600_000;

    private final AtomicLong reflected = new AtomicLong(Long.MIN_VALUE);
    private final EventTimeWaits waits = new EventTimeWaits(reflected::get);

    @Test
    void whatIsReflectedAlreadyIsNotWaitedFor() {
        reflected.set(100);

        assertThat(await(100, LONG_MS)).isCompletedWithValue(true);
        assertThat(waits.size()).isZero();
    }

    @Test
    void thePublicationThatGetsThereWakesThoseWhoWaitForItAndNobodyElse() {
        CompletableFuture<Boolean> near = await(100, LONG_MS);
        CompletableFuture<Boolean> alsoNear = await(100, LONG_MS);
        CompletableFuture<Boolean> far = await(200, LONG_MS);
        waits.published();
        assertThat(near).isNotDone();

        reflected.set(150);
        waits.published();

        assertThat(near).isCompletedWithValue(true);
        assertThat(alsoNear).isCompletedWithValue(true);
        assertThat(far).isNotDone();
        assertThat(waits.size()).isEqualTo(1);
    }

    @Test
    void patienceEnds() throws Exception {
        assertThat(await(100, 0)).isCompletedWithValue(false);
        assertThat(await(100, 1).get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(waits.size()).isZero();
    }

    @Test
    void aDeadlineLeavesHalfOfItselfForRanking() {
        assertThat(RequestAnswerer.patienceMs(request(0), 2_000)).isEqualTo(2_000);
        assertThat(RequestAnswerer.patienceMs(request(100), 2_000)).isEqualTo(50);
        assertThat(RequestAnswerer.patienceMs(request(9_000), 2_000)).isEqualTo(2_000);
    }

    private static RerankRequest request(int deadlineMs) {
        return new RerankRequest(
                "r",
                1,
                "u",
                Attributes.EMPTY,
                List.of(new Candidate("i", Attributes.EMPTY)),
                0,
                false,
                List.of(),
                List.of(),
                deadlineMs);
    }

    @Test
    void closingSendsEverybodyOn() {
        CompletableFuture<Boolean> waiting = await(100, LONG_MS);

        waits.close();

        assertThat(waiting).isCompletedWithValue(false);
        assertThat(await(100, LONG_MS)).isCompletedWithValue(false);
    }

    private CompletableFuture<Boolean> await(long eventTime, long patienceMs) {
        return waits.await(eventTime, patienceMs).toCompletableFuture();
    }
}
