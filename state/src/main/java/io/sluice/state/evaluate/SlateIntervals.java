package io.sluice.state.evaluate;

import java.util.List;
import java.util.function.Function;

/**
 * Confidence intervals of the figures of slates, or of how much larger they are than another arm's.
 *
 * @param ndcgAt10 of NDCG@10
 * @param mrr of the mean reciprocal rank
 * @param map of the mean average precision
 * @param hrAt10 of the hit rate
 */
public record SlateIntervals(Interval ndcgAt10, Interval mrr, Interval map, Interval hrAt10) {

    /** The intervals of all slates of one run. */
    public static SlateIntervals overall(SlateLog log) {
        List<SlateQuality> slates = log.qualities();
        return of(List.of(BlockRanking.of(slates, Blocks.ofRequests(0, slates.size()))));
    }

    /** The intervals of the last fifth of the slates of one run. */
    public static SlateIntervals last20(SlateLog log) {
        List<SlateQuality> slates = log.qualities();
        int from = ScoreLog.lastFifth(slates.size());
        return of(List.of(BlockRanking.of(slates, Blocks.ofRequests(from, slates.size()))));
    }

    /** The intervals of the mean over runs with different seeds. */
    static SlateIntervals of(List<BlockRanking> seeds) {
        return new SlateIntervals(
                interval(seeds, BlockRanking::ndcgAt10),
                interval(seeds, BlockRanking::mrr),
                interval(seeds, BlockRanking::map),
                interval(seeds, BlockRanking::hrAt10));
    }

    private static Interval interval(
            List<BlockRanking> seeds, Function<BlockRanking, BlockMean> figure) {
        return BlockBootstrap.interval(seeds.stream().map(figure).toList());
    }
}
