package io.sluice.operators.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplyPositionsTest {

    /** Answers what it is given, as soon as it is given; a negative end is a fault. */
    private static final class Told implements ReplyHistory {

        private static final long serialVersionUID = 1;

        private final transient LinkedBlockingQueue<Long> ends = new LinkedBlockingQueue<>();

        @Override
        public Map<Integer, Long> requestEnds() {
            throw new AssertionError("nobody asks for this");
        }

        @Override
        public Map<Integer, Long> replyEnds() throws IOException {
            try {
                long end = ends.take();
                if (end < 0) {
                    throw new IOException("Kafka is away");
                }
                return Map.of(0, end);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void replies(Map<Integer, Long> from, Visitor visitor) {
            throw new AssertionError("nobody asks for this");
        }
    }

    private static void takes(ReplyPositions positions, long end) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!positions.atCheckpoint().equals(Map.of(0, end))) {
            assertThat(System.nanoTime()).as("position %d in time", end).isLessThan(patience);
            Thread.onSpinWait();
        }
    }

    @Test
    void aCheckpointDoesNotWaitAndTakesWhatWasAnsweredMeanwhile() throws Exception {
        Told history = new Told();
        history.ends.add(5L);
        try (ReplyPositions positions = ReplyPositions.now(history)) {
            // Nobody answers yet, and nobody waits.
            assertThat(positions.atCheckpoint()).isEqualTo(Map.of(0, 5L));
            assertThat(positions.atCheckpoint()).isEqualTo(Map.of(0, 5L));
            history.ends.add(9L);
            takes(positions, 9);
        }
    }

    @Test
    void whileKafkaIsAwayTheLastPositionStays() throws Exception {
        Told history = new Told();
        try (ReplyPositions positions = ReplyPositions.restored(history, Map.of(0, 7L))) {
            assertThat(positions.atCheckpoint()).isEqualTo(Map.of(0, 7L));
            history.ends.add(-1L);
            history.ends.add(11L);
            takes(positions, 11);
        }
    }
}
