package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.model.TrainerRun;
import io.sluice.state.order.OrderBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerCodecTest {

    private static final List<LearnerEvent> EVENTS = RandomStream.events(21, 40);
    static final TrainerRun RUN = new TrainerRun(3, 2);
    private static final int LEARNT = EVENTS.size() / 2;

    @Test
    void allGroupsTogetherHoldEachWaitingEventOnceWithItsNumber() throws IOException {
        for (int groups : new int[] {1, 3, 128}) {
            OrderBuffer back = new OrderBuffer();
            for (byte[] piece :
                    TrainerCodec.write(learner(), buffer(), new TrainerRun(5, 2), groups)) {
                TrainerPiece read = TrainerCodec.read(piece);
                assertThat(read.run()).isEqualTo(new TrainerRun(5, 2));
                read.waiting().forEach(back::restore);
            }

            assertThat(back.sorted()).isEqualTo(buffer().sorted());
        }
    }

    @Test
    void everyDamageIsNoticed() {
        byte[] piece = TrainerCodec.write(learner(), buffer(), RUN, 1)[0];

        for (int at = 0; at < piece.length; at += 37) {
            byte[] flipped = piece.clone();
            flipped[at] ^= 4;
            assertThatThrownBy(() -> TrainerCodec.read(flipped))
                    .as("bit flipped in byte %d", at)
                    .isInstanceOf(CorruptStateException.class)
                    .hasMessageStartingWith("trainer state: ");
            byte[] cut = Arrays.copyOf(piece, at);
            assertThatThrownBy(() -> TrainerCodec.read(cut))
                    .as("cut to %d bytes", at)
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    /**
     * trainer-v3c.bin is {@code write(learner(), buffer(), RUN, 1)[0]}, written once by version 3;
     * trainer-v3b.bin is the same with a learner of version 4, trainer-v3.bin with one of version
     * 3; trainer-v2.bin is the same by version 2, which knew no memory; trainer-v1.bin is the same
     * by version 1, which knew no lineage and whose events had no fields.
     */
    @Test
    void readsTheBytesOfAllVersionsAndStillWritesThoseOfTheNewest() throws IOException {
        TrainerPiece first = TrainerCodec.read(golden("trainer-v1.bin"));
        assertThat(first.run()).isEqualTo(new TrainerRun(3, 0));
        assertThat(first.waiting()).hasSameSizeAs(buffer().sorted());
        assertThat(first.waiting().toString()).isEqualTo(buffer().sorted().toString());

        TrainerPiece second = TrainerCodec.read(golden("trainer-v2.bin"));
        assertThat(second.run()).isEqualTo(RUN);
        assertThat(second.waiting()).isEqualTo(buffer().sorted());

        TrainerPiece third = TrainerCodec.read(golden("trainer-v3.bin"));
        assertThat(third.waiting()).isEqualTo(buffer().sorted());
        TrainerPiece fourth = TrainerCodec.read(golden("trainer-v3b.bin"));
        assertThat(fourth.waiting()).isEqualTo(buffer().sorted());
        assertThat(TrainerCodec.write(learner(), buffer(), RUN, 1)[0])
                .isEqualTo(golden("trainer-v3c.bin"));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = TrainerCodecTest.class.getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }

    static OnlineLearner learner() {
        OnlineLearner learner = new OnlineLearner(RandomStream.config(1), RandomStream.SCHEMA);
        RandomStream.feed(learner, EVENTS.subList(0, LEARNT));
        return learner;
    }

    static OrderBuffer buffer() {
        OrderBuffer buffer = new OrderBuffer();
        EVENTS.subList(LEARNT, EVENTS.size()).forEach(buffer::add);
        return buffer;
    }
}
