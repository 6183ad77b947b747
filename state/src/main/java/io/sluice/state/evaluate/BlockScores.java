package io.sluice.state.evaluate;

import java.util.List;

/**
 * All that has to be kept of a run to compare it with others by blocks of the stream. Its size
 * depends on the number of blocks, not on the length of the run.
 */
public final class BlockScores {

    private final BlockMean logloss;
    private final BlockAuc auc;
    private final BlockRanking ranking;

    private BlockScores(BlockMean logloss, BlockAuc auc, BlockRanking ranking) {
        this.logloss = logloss;
        this.auc = auc;
        this.ranking = ranking;
    }

    /**
     * The whole run.
     *
     * @param slates null without slates
     */
    public static BlockScores overall(ScoreLog log, SlateLog slates) {
        return of(log, 0, slates, 0);
    }

    /**
     * The last fifth of the examples, and of the slates.
     *
     * @param slates null without slates
     */
    public static BlockScores last20(ScoreLog log, SlateLog slates) {
        int from = slates == null ? 0 : ScoreLog.lastFifth(slates.size());
        return of(log, ScoreLog.lastFifth(log.size()), slates, from);
    }

    private static BlockScores of(ScoreLog log, int from, SlateLog slates, int fromSlate) {
        if (slates == null) {
            Blocks blocks = Blocks.ofExamples(from, log.size());
            return new BlockScores(BlockMean.logloss(log, blocks), BlockAuc.of(log, blocks), null);
        }
        Blocks requests = Blocks.ofRequests(fromSlate, slates.size());
        Blocks blocks = Blocks.of(from, log.size(), requests.count()).alignedTo(slates.starts());
        return new BlockScores(
                BlockMean.logloss(log, blocks),
                BlockAuc.of(log, blocks),
                BlockRanking.of(slates.qualities(), requests));
    }

    /** How much larger the figures are than another run's of the same examples. */
    public BlockScores minus(BlockScores other) {
        return new BlockScores(
                logloss.minus(other.logloss),
                auc.minus(other.auc),
                ranking == null ? null : ranking.minus(other.ranking));
    }

    /** The intervals of the means over runs of one stream with different seeds. */
    public static ScoreIntervals intervals(List<BlockScores> seeds) {
        return new ScoreIntervals(
                BlockBootstrap.interval(seeds.stream().map(scores -> scores.logloss).toList()),
                BlockBootstrap.interval(seeds.stream().map(scores -> scores.auc).toList()),
                slateIntervals(seeds));
    }

    /** Those of the figures of slates alone; null without slates. */
    public static SlateIntervals slateIntervals(List<BlockScores> seeds) {
        return seeds.get(0).ranking == null
                ? null
                : SlateIntervals.of(seeds.stream().map(scores -> scores.ranking).toList());
    }
}
