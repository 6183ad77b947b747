package io.sluice.operators.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    /** Ten requests on partition 0, five on 1; since the checkpoint 7 and 8 of 0 were answered. */
    private static final class Past implements ReplyHistory {

        private static final long serialVersionUID = 1;

        @Override
        public Map<Integer, Long> requestEnds() {
            return Map.of(0, 10L, 1, 5L);
        }

        @Override
        public Map<Integer, Long> replyEnds() {
            throw new AssertionError("nobody needs them");
        }

        @Override
        public void replies(Map<Integer, Long> from, Visitor visitor) {
            assertThat(from).isEqualTo(Map.of(2, 40L));
            visitor.answered(0, 7);
            visitor.answered(0, 8);
        }
    }

    @Test
    void whatHasAReplyIsKnownAndWhatWasThereAtTheStartIsMarked() throws IOException {
        Repeats repeats = Repeats.since(Map.of(2, 40L), new Past());

        assertThat(repeats.takeAnswered(0, 7)).isTrue();
        assertThat(repeats.takeAnswered(0, 9)).isFalse();
        assertThat(repeats.takeAnswered(1, 8)).isFalse();
        assertThat(repeats.mayBeRead(0, 9)).isTrue();
        assertThat(repeats.mayBeRead(0, 10)).isFalse();
        assertThat(repeats.mayBeRead(1, 5)).isFalse();
        // A partition that was added since.
        assertThat(repeats.mayBeRead(2, 0)).isFalse();
    }

    @Test
    void withoutACheckpointNothingIsKnownToBeAnswered() throws IOException {
        Repeats repeats = Repeats.unknown(new Past());

        assertThat(repeats.takeAnswered(0, 7)).isFalse();
        assertThat(repeats.mayBeRead(0, 7)).isTrue();
        assertThat(repeats.mayBeRead(0, 10)).isFalse();
    }
}
