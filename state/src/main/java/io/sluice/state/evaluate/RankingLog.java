package io.sluice.state.evaluate;

import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.ClickModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What one way of ranking made of each slate, in order. Not thread-safe. */
final class RankingLog {

    /** As many as {@link RankingFigures} has. */
    static final int FIGURES = 6;

    private final List<double[]> slates = new ArrayList<>();

    /** Judges an order; slates in which nothing was taken must not be given. */
    void add(Candidates candidates, int[] order, float[] labels, long[] groups) {
        String[] items = new String[order.length];
        float[] places = new float[order.length];
        float[] taken = new float[order.length];
        for (int p = 0; p < order.length; p++) {
            items[p] = candidates.id(order[p]);
            places[p] = -p;
            taken[p] = labels[order[p]];
        }
        SlateQuality quality = SlateQuality.of(items, places, taken);
        slates.add(
                new double[] {
                    quality.ndcgAt10(),
                    quality.reciprocalRank(),
                    quality.averagePrecision(),
                    quality.hitAt10(),
                    Rerankers.distance(candidates, order),
                    ClickModel.utility(order, labels, groups)
                });
    }

    int size() {
        return slates.size();
    }

    /** Mean of NDCG@10 and utility together over the first slates, for choosing. */
    double worth(int until) {
        double sum = 0;
        for (double[] slate : slates.subList(0, until)) {
            sum += slate[0] + slate[FIGURES - 1];
        }
        return until == 0 ? 0 : sum / until;
    }

    /**
     * Figures with intervals from slate {@code from} on.
     *
     * @param than another log of the same slates to be held against; null for the figures
     *     themselves
     */
    RankingFigures figures(int from, RankingLog than) {
        RankingBlocks own = blocks(from);
        return RankingBlocks.figures(List.of(than == null ? own : own.minus(than.blocks(from))));
    }

    /** The figures of the slates from {@code from} on, by blocks. */
    RankingBlocks blocks(int from) {
        Blocks blocks = Blocks.ofRequests(from, size());
        return RankingBlocks.of(
                IntStream.range(0, FIGURES).mapToObj(this::values).toList(), blocks);
    }

    private double[] values(int figure) {
        return slates.stream().mapToDouble(slate -> slate[figure]).toArray();
    }
}
