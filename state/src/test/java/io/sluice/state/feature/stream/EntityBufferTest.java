package io.sluice.state.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.feature.stream.EntityMessage.Change;
import io.sluice.state.feature.stream.EntityMessage.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntityBufferTest {

    private final EntityBuffer buffer = new EntityBuffer();

    @Test
    void aMomentIsAskedBeforeItIsChangedAndWhatFollowsComesLast() {
        List<EntityMessage> ordered =
                List.of(
                        change(7, 9, 5, false),
                        question(7, 10),
                        change(7, 10, 1, false),
                        change(7, 10, 2, false),
                        change(7, 10, 0, true),
                        question(7, 11));
        long seed = Long.getLong("sluice.seed", 1);
        List<EntityMessage> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(seed));

        shuffled.forEach(buffer::add);

        assertThat(release(11)).as("seed %d", seed).containsExactly(ordered);
    }

    @Test
    void eachEntityIsLetGoInOnePiece() {
        buffer.add(question(1, 10));
        buffer.add(question(2, 11));
        buffer.add(question(1, 12));

        assertThat(release(12))
                .containsExactly(
                        List.of(question(1, 10), question(1, 12)), List.of(question(2, 11)));
        assertThat(buffer.size()).isZero();
    }

    @Test
    void whatIsLaterThanTheWatermarkWaits() {
        buffer.add(question(1, 11));

        assertThat(release(10)).isEmpty();
        assertThat(buffer.waiting()).containsExactly(question(1, 11));
        assertThat(release(11)).hasSize(1);
    }

    @Test
    void whatComesBehindTheWatermarkIsLetGoNext() {
        assertThat(release(100)).isEmpty();
        buffer.add(question(1, 50));

        assertThat(release(101)).containsExactly(List.of(question(1, 50)));
    }

    private List<List<EntityMessage>> release(long watermark) {
        List<List<EntityMessage>> released = new ArrayList<>();
        buffer.release(watermark, messages -> released.add(List.copyOf(messages)));
        return released;
    }

    private static Question question(long key, long time) {
        return new Question(0, key, time, "r");
    }

    private static Change change(long key, long time, long tie, boolean isDerived) {
        return new Change(new ScopeUpdate(0, key, time, tie, 0, new long[0]), isDerived);
    }
}
