package io.sluice.jobs.compare;

import io.sluice.jobs.replay.ArmRun;
import io.sluice.jobs.report.Arm;
import io.sluice.jobs.report.DataFacts;
import io.sluice.state.evaluate.BlockScores;
import io.sluice.state.evaluate.RankingBlocks;

/**
 * What is kept of one run: figures, and sums by blocks of the stream. Its size does not depend on
 * the length of the stream, so that many arms fit into memory.
 *
 * @param arm all figures
 * @param overall the whole stream by blocks
 * @param last20 its last fifth by blocks
 * @param ranked the orders of slates by blocks; null without any
 * @param rankedLast20 those of the last fifth; null with {@code ranked}
 * @param window length of the windows
 * @param data what was read
 */
record ArmResult(
        Arm arm,
        BlockScores overall,
        BlockScores last20,
        RankingBlocks ranked,
        RankingBlocks rankedLast20,
        int window,
        DataFacts data) {

    static ArmResult of(Contestant contestant, ArmRun run) {
        boolean ranked = run.ranked().size() > 0;
        return new ArmResult(
                run.arm(contestant.name()),
                BlockScores.overall(run.log(), run.slates()),
                BlockScores.last20(run.log(), run.slates()),
                ranked ? run.ranked().overall() : null,
                ranked ? run.ranked().last20() : null,
                run.window(),
                run.data());
    }
}
