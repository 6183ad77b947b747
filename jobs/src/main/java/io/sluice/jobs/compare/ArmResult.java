package io.sluice.jobs.compare;

import io.sluice.jobs.replay.ArmRun;
import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.DataFacts;
import io.sluice.state.evaluate.BlockScores;

/**
 * What is kept of one run: figures, and sums by blocks of the stream. Its size does not depend on
 * the length of the stream, so that many arms fit into memory.
 *
 * @param arm all figures
 * @param overall the whole stream by blocks
 * @param last20 its last fifth by blocks
 * @param window length of the windows
 * @param data what was read
 */
record ArmResult(Arm arm, BlockScores overall, BlockScores last20, int window, DataFacts data) {

    static ArmResult of(Contestant contestant, ArmRun run) {
        return new ArmResult(
                run.arm(contestant.name()),
                BlockScores.overall(run.log(), run.slates()),
                BlockScores.last20(run.log(), run.slates()),
                run.window(),
                run.data());
    }
}
