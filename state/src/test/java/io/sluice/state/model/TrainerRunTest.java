package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainerRunTest {

    private static final TrainerRun USED = new TrainerRun(7, 4);

    @Test
    void aModelFromNothingBeginsALineageAboveAllThatTheTopicHasSeen() {
        assertThat(TrainerRun.next(TrainerRun.NONE, TrainerRun.NONE, 0))
                .isEqualTo(new TrainerRun(1, 1));
        assertThat(TrainerRun.next(TrainerRun.NONE, USED, 0)).isEqualTo(new TrainerRun(8, 8));
        assertThat(TrainerRun.next(TrainerRun.NONE, USED, 2)).isEqualTo(new TrainerRun(10, 10));
    }

    @Test
    void aRestoredModelGoesOnWithItsLineage() {
        TrainerRun next = TrainerRun.next(new TrainerRun(6, 4), USED, 0);

        assertThat(next).isEqualTo(new TrainerRun(8, 4));
        assertThat(next.beginsLineage()).isFalse();
    }

    @Test
    void aRestoredModelWhoseTopicAnotherOneHasUsedBeginsALineage() {
        TrainerRun next = TrainerRun.next(new TrainerRun(3, 1), USED, 0);

        assertThat(next).isEqualTo(new TrainerRun(8, 8));
        assertThat(next.beginsLineage()).isTrue();
    }

    @Test
    void aRestoredModelWhoseTopicIsEmptyBeginsALineage() {
        assertThat(TrainerRun.next(new TrainerRun(3, 1), TrainerRun.NONE, 0))
                .isEqualTo(new TrainerRun(4, 4));
    }

    @Test
    void stateAndTopicFromBeforeLineagesGoOnWithoutOne() {
        assertThat(TrainerRun.next(new TrainerRun(3, 0), new TrainerRun(3, 0), 0))
                .isEqualTo(new TrainerRun(4, 0));
        assertThat(TrainerRun.next(TrainerRun.NONE, new TrainerRun(3, 0), 0))
                .isEqualTo(new TrainerRun(4, 4));
    }

    @Test
    void aRunThatGoesOnAnewIsTheNextOneAndBeginsALineage() {
        TrainerRun run = new TrainerRun(5, 2).anew();

        assertThat(run).isEqualTo(new TrainerRun(6, 6));
        assertThat(run.beginsLineage()).isTrue();
        // Restored from before: what was published since is another model's.
        assertThat(TrainerRun.next(new TrainerRun(5, 2), run, 0)).isEqualTo(new TrainerRun(7, 7));
        assertThat(TrainerRun.next(run, run, 0)).isEqualTo(new TrainerRun(7, 6));
    }
}
