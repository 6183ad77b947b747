package io.sluice.state.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.memory.MemoryConfig;
import io.sluice.state.memory.MemoryMode;
import io.sluice.state.model.ModelConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model that stops learning, and a memory that does not. */
class FrozenLearnerTest {

    private static final int FREEZE_AFTER = 100;
    private static final MemoryConfig MEMORY =
            MemoryConfig.DEFAULT.with(MemoryMode.RELOOP2).withCells(64);

    private static ModelConfig frozen() {
        return RandomStream.config(1).freezingAfter(FREEZE_AFTER);
    }

    @Test
    void learnsLikeAnyOtherUntilItStops() {
        List<LearnerEvent> events = RandomStream.events(41, 200);
        List<Scored> plain =
                RandomStream.feed(
                        new OnlineLearner(RandomStream.config(1), RandomStream.SCHEMA), events);
        OnlineLearner stops = new OnlineLearner(frozen(), RandomStream.SCHEMA);
        List<Scored> frozen = RandomStream.feed(stops, events);

        // The example behind the last that was learnt is the last that is predicted alike.
        assertThat(frozen.subList(0, FREEZE_AFTER + 1))
                .isEqualTo(plain.subList(0, FREEZE_AFTER + 1));
        assertThat(frozen).hasSameSizeAs(plain).isNotEqualTo(plain);
        assertThat(stops.examples()).isEqualTo(plain.size());
    }

    @Test
    void theSamePredictionComesForeverWithoutAMemoryAndAnotherWithOne() {
        OnlineLearner alone = new OnlineLearner(frozen(), RandomStream.SCHEMA);
        OnlineLearner remembering = new OnlineLearner(frozen(), MEMORY, RandomStream.SCHEMA);
        Scored[] first = new Scored[2];
        Scored[] last = new Scored[2];
        for (int i = 0; i < FREEZE_AFTER + 200; i++) {
            Example example =
                    new Example(
                            i,
                            "r",
                            "i1",
                            RandomStream.vector("u1", "i1"),
                            i < FREEZE_AFTER ? i % 4 / 3 : 1,
                            Example.Origin.DIRECT,
                            Float.NaN);
            Scored[] both = {alone.observe(example), remembering.observe(example)};
            first = i == FREEZE_AFTER ? both : first;
            last = both;
        }

        assertThat(last[0].prediction()).isEqualTo(first[0].prediction());
        assertThat(last[1].base()).isEqualTo(first[1].base());
        assertThat(last[1].prediction()).isGreaterThan(first[1].prediction());
    }
}
