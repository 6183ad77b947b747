package io.sluice.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduledLoadTest {

    private static final int COUNT = 1_000;
    private static final double RATE = 1e5;

    private final ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger closed = new AtomicInteger();

    /** Every tenth question has no proper reply, every tenth breaks. */
    private final class Moody implements ScheduledLoad.Connection {

        private long next;

        @Override
        public void prepare(long n) {
            next = n;
        }

        @Override
        public boolean ask() throws IOException {
            asked.add(next);
            if (next % 10 == 1) {
                throw new IOException("broken");
            }
            return next % 10 != 2;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void asksEachQuestionOnceAndCountsWhatFailed() throws Exception {
        Set<Moody> opened = Collections.synchronizedSet(new HashSet<>());

        Latencies latencies =
                ScheduledLoad.run(
                        () -> {
                            Moody moody = new Moody();
                            opened.add(moody);
                            return moody;
                        },
                        COUNT,
                        RATE);

        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, COUNT).boxed().toList());
        assertThat(latencies.count()).isEqualTo(COUNT);
        assertThat(latencies.failed()).isEqualTo(COUNT / 5);
        assertThat(closed).hasValue(opened.size());
    }

    /** No question is asked before it is due, so no latency can be negative and hide as 0. */
    @Test
    void asksNoQuestionBeforeItIsDue() throws Exception {
        long start = System.nanoTime();
        ConcurrentLinkedQueue<long[]> times = new ConcurrentLinkedQueue<>();

        ScheduledLoad.run(
                () ->
                        new ScheduledLoad.Connection() {
                            private long number;

                            @Override
                            public void prepare(long n) {
                                number = n;
                            }

                            @Override
                            public boolean ask() {
                                times.add(new long[] {number, System.nanoTime() - start});
                                return true;
                            }

                            @Override
                            public void close() {}
                        },
                100,
                1_000);

        assertThat(times)
                .hasSize(100)
                .allSatisfy(time -> assertThat(time[1]).isGreaterThan(time[0] * 1_000_000));
    }
}
