package io.sluice.state.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How one way of ranking did, by blocks of the slates: all that has to be kept to hold it against
 * another. Its size depends on the number of blocks, not on that of the slates.
 */
public final class RankingBlocks {

    private final List<BlockMean> figures; // in the order of RankingFigures

    private RankingBlocks(List<BlockMean> figures) {
        this.figures = figures;
    }

    /** Of values by slate, one array for each of {@link RankingFigures}. */
    static RankingBlocks of(List<double[]> values, Blocks blocks) {
        return new RankingBlocks(values.stream().map(each -> BlockMean.of(each, blocks)).toList());
    }

    /** How much larger the figures are than those of another way, over the same slates. */
    public RankingBlocks minus(RankingBlocks other) {
        List<BlockMean> differences = new ArrayList<>();
        for (int f = 0; f < figures.size(); f++) {
            differences.add(figures.get(f).minus(other.figures.get(f)));
        }
        return new RankingBlocks(differences);
    }

    /** The figures, means over runs of one stream with different seeds, with their intervals. */
    public static RankingFigures figures(List<RankingBlocks> seeds) {
        Interval[] intervals = new Interval[RankingLog.FIGURES];
        for (int f = 0; f < intervals.length; f++) {
            int figure = f;
            intervals[f] =
                    BlockBootstrap.interval(
                            seeds.stream().map(seed -> seed.figures.get(figure)).toList());
        }
        return new RankingFigures(
                intervals[0], intervals[1], intervals[2], intervals[3], intervals[4], intervals[5]);
    }
}
