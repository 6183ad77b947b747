package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.rank.RankerHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankedLearnerCodecTest {

    private static final List<LearnerEvent> EVENTS =
            RandomStream.withSlates(RandomStream.events(12, 400));

    private static OnlineLearner learner() {
        return new OnlineLearner(RandomStream.config(0.7), RandomStream.SCHEMA);
    }

    @Test
    void restoringBetweenAnyTwoEventsChangesNothing() throws IOException {
        OnlineLearner whole = learner();
        RandomStream.feed(whole, EVENTS);
        assertThat(whole.ranker().slates()).isGreaterThan(20);

        boolean held = false;
        for (int cut = 0; cut <= EVENTS.size(); cut += 7) {
            OnlineLearner first = learner();
            RandomStream.feed(first, EVENTS.subList(0, cut));
            held |= first.heldSlates() > 0;
            OnlineLearner second = learner();
            for (byte[] piece : LearnerCodec.write(first, 5)) {
                LearnerCodec.read(piece, second);
            }
            RandomStream.feed(second, EVENTS.subList(cut, EVENTS.size()));

            assertThat(LearnerCodec.digest(second))
                    .as("cut at %d", cut)
                    .isEqualTo(LearnerCodec.digest(whole));
        }
        assertThat(held).isTrue();
    }

    /** learner-v5.bin is {@code LearnerCodec.write(half(), 1)[0]}, written once by version 5. */
    @Test
    void readsAndStillWritesTheBytesOfVersionFive() throws IOException {
        byte[] golden = golden("learner-v5.bin");
        OnlineLearner back = learner();

        LearnerCodec.read(golden, back);

        assertThat(LearnerCodec.write(back, 1)[0]).isEqualTo(golden);
        assertThat(LearnerCodec.write(half(), 1)[0]).isEqualTo(golden);
    }

    /** The same learner, written once by version 3 and once by version 4. */
    @Test
    void readsTheBytesOfVersionsThreeAndFour() throws IOException {
        for (String name : List.of("learner-v3.bin", "learner-v4.bin")) {
            OnlineLearner back = learner();

            LearnerCodec.read(golden(name), back);

            assertThat(LearnerCodec.digest(back)).isEqualTo(LearnerCodec.digest(half()));
        }
    }

    private byte[] golden(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        }
    }

    static OnlineLearner half() {
        OnlineLearner learner = learner();
        RandomStream.feed(learner, EVENTS.subList(0, 101));
        return learner;
    }

    @Test
    void headsGoRoundAndTruncatedOnesAreRefused() throws IOException {
        RankerHead head =
                new RankerHead(
                        RankerHead.Policy.ELIMINATION, 0.5f, -1, 2, 3, new float[] {1, 0.5f});
        byte[] page = PagePayloads.ranker(head);

        assertThat(PagePayloads.readRanker(page)).isEqualTo(head);
        for (int length = 0; length < page.length; length++) {
            byte[] shorter = Arrays.copyOf(page, length);
            assertThatThrownBy(() -> PagePayloads.readRanker(shorter))
                    .isInstanceOf(CorruptStateException.class);
        }
        byte[] unknown = page.clone();
        unknown[0] = 9;
        assertThatThrownBy(() -> PagePayloads.readRanker(unknown)).hasMessageContaining("policy 9");
    }

    @Test
    void slatesTravel() throws IOException {
        LearnerEventCodec codec = new LearnerEventCodec();
        for (LearnerEvent event : EVENTS.subList(0, 40)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            codec.write(event, new DataOutputStream(bytes));
            LearnerEvent back =
                    codec.read(
                            codec.version(),
                            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

            assertThat(back).isEqualTo(event);
        }
    }
}
