package io.sluice.jobs.report;

import io.sluice.state.evaluate.RankedSlates;
import io.sluice.state.evaluate.RankingBlocks;
import io.sluice.state.evaluate.RankingFigures;
import java.util.List;

/**
 * How good an arm's orders are, as {@link RankedSlates} judges them.
 *
 * @param slates how many count
 * @param overall of all slates
 * @param last20 of the last fifth
 */
public record Ranked(int slates, RankingFigures overall, RankingFigures last20) {

    /** Null without any slate. */
    static Ranked of(RankedSlates ranked) {
        return ranked == null || ranked.size() == 0
                ? null
                : new Ranked(
                        ranked.size(),
                        RankingBlocks.figures(List.of(ranked.overall())),
                        RankingBlocks.figures(List.of(ranked.last20())));
    }
}
