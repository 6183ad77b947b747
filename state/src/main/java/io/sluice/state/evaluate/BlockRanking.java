package io.sluice.state.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of slates by blocks. A block is a stretch of neighbouring requests; a request is
 * never torn apart, so that its slots stay together in every resampling.
 *
 * @param ndcgAt10 mean NDCG@10
 * @param mrr mean reciprocal rank
 * @param map mean average precision
 * @param hrAt10 hit rate
 */
record BlockRanking(BlockMean ndcgAt10, BlockMean mrr, BlockMean map, BlockMean hrAt10) {

    static BlockRanking of(List<SlateQuality> slates, Blocks blocks) {
        return new BlockRanking(
                mean(slates, SlateQuality::ndcgAt10, blocks),
                mean(slates, SlateQuality::reciprocalRank, blocks),
                mean(slates, SlateQuality::averagePrecision, blocks),
                mean(slates, SlateQuality::hitAt10, blocks));
    }

    private static BlockMean mean(
            List<SlateQuality> slates, ToDoubleFunction<SlateQuality> figure, Blocks blocks) {
        return BlockMean.of(slates.stream().mapToDouble(figure).toArray(), blocks);
    }

    BlockRanking minus(BlockRanking other) {
        return new BlockRanking(
                ndcgAt10.minus(other.ndcgAt10),
                mrr.minus(other.mrr),
                map.minus(other.map),
                hrAt10.minus(other.hrAt10));
    }
}
