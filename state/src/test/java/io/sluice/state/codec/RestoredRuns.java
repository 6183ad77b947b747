package io.sluice.state.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.learner.LearnerEvent;
import io.sluice.state.learner.OnlineLearner;
import io.sluice.state.learner.RandomStream;
import io.sluice.state.learner.Scored;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Runs that are cut, written and read back, against the same run in one. */
final class RestoredRuns {

    private static final int GROUPS = 16;

    private RestoredRuns() {}

    /**
     * Checks that scores and state are those of the run in one, wherever it is cut.
     *
     * @param step events between two cuts
     * @return the scores
     */
    static List<Scored> assertSame(
            Supplier<OnlineLearner> learners, List<LearnerEvent> events, int step)
            throws IOException {
        OnlineLearner whole = learners.get();
        List<Scored> expected = RandomStream.feed(whole, events);
        for (int cut = 0; cut <= events.size(); cut += step) {
            OnlineLearner first = learners.get();
            List<Scored> scored = RandomStream.feed(first, events.subList(0, cut));
            OnlineLearner second = learners.get();
            for (byte[] piece : LearnerCodec.write(first, GROUPS)) {
                LearnerCodec.read(piece, second);
            }
            scored.addAll(RandomStream.feed(second, events.subList(cut, events.size())));

            assertThat(scored).as("cut at %d", cut).isEqualTo(expected);
            assertThat(LearnerCodec.digest(second))
                    .as("cut at %d", cut)
                    .isEqualTo(LearnerCodec.digest(whole));
            assertThat(LearnerCodec.write(second, GROUPS))
                    .as("cut at %d", cut)
                    .isDeepEqualTo(LearnerCodec.write(whole, GROUPS));
        }
        return expected;
    }
}
