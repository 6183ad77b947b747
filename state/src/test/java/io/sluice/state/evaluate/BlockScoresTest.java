package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockScoresTest {

    private static final long SEED = 11;
    private static final int SLOTS = 7;

    @Test
    void estimatesAreTheFiguresOfTheWholeRun() {
        Run run = new Run(new Random(SEED), 900, 1);

        ScoreIntervals overall =
                BlockScores.intervals(List.of(BlockScores.overall(run.log, run.slates)));
        ScoreIntervals last20 =
                BlockScores.intervals(List.of(BlockScores.last20(run.log, run.slates)));

        for (boolean last : new boolean[] {false, true}) {
            ScoreIntervals found = last ? last20 : overall;
            Summary summary = last ? run.log.last20() : run.log.overall();
            SlateSummary slates = last ? run.slates.last20() : run.slates.overall();
            assertThat(found.logloss().estimate()).isCloseTo(summary.logloss(), within(1e-12));
            assertThat(found.auc().estimate()).isCloseTo(summary.auc(), within(1e-12));
            SlateIntervals ranked = found.slates();
            assertThat(ranked.ndcgAt10().estimate()).isCloseTo(slates.ndcgAt10(), within(1e-12));
            assertThat(ranked.mrr().estimate()).isCloseTo(slates.mrr(), within(1e-12));
            assertThat(ranked.map().estimate()).isCloseTo(slates.map(), within(1e-12));
            assertThat(ranked.hrAt10().estimate()).isCloseTo(slates.hrAt10(), within(1e-12));
            assertThat(ranked.mrr().halfWidth()).isPositive();
        }
        assertThat(overall.slates()).isEqualTo(SlateIntervals.overall(run.slates));
        assertThat(last20.slates()).isEqualTo(SlateIntervals.last20(run.slates));
    }

    @Test
    void aPairedDifferenceIsKnownBetterThanItsPartsAre() {
        Run good = new Run(new Random(SEED), 900, 1);
        Run better = new Run(new Random(SEED), 900, 1.1);

        BlockScores difference =
                BlockScores.overall(better.log, better.slates)
                        .minus(BlockScores.overall(good.log, good.slates));
        ScoreIntervals found = BlockScores.intervals(List.of(difference));

        assertThat(found.auc().excludesZero()).isTrue();
        assertThat(found.auc().estimate())
                .isCloseTo(better.log.overall().auc() - good.log.overall().auc(), within(1e-12));
        assertThat(found.slates().mrr().halfWidth())
                .isLessThan(SlateIntervals.overall(good.slates).mrr().halfWidth());
    }

    @Test
    void anArmDiffersFromItselfByNothing() {
        Run run = new Run(new Random(SEED), 900, 1);
        BlockScores scores = BlockScores.overall(run.log, null);

        ScoreIntervals found = BlockScores.intervals(List.of(scores.minus(scores)));

        assertThat(found.logloss()).isEqualTo(new Interval(0, 0, 0));
        assertThat(found.auc()).isEqualTo(new Interval(0, 0, 0));
        assertThat(found.auc().excludesZero()).isFalse();
        assertThat(found.slates()).isNull();
    }

    @Test
    void seedsHaveAMeanAndASpread() {
        Summary one = new Summary(10, 0.5, 0.7, 0.9, 1);
        Summary other = new Summary(10, 0.7, 0.8, Double.NaN, 1);

        assertThat(SeedSpread.mean(List.of(one, other)).logloss()).isCloseTo(0.6, within(1e-12));
        assertThat(SeedSpread.mean(List.of(one))).isEqualTo(one);
        assertThat(SeedSpread.deviation(List.of(one, other)).logloss())
                .isCloseTo(Math.sqrt(0.02), within(1e-12));
        assertThat(SeedSpread.deviation(List.of(one, other)).normalizedEntropy()).isNaN();
        assertThat(SeedSpread.deviation(List.of(one)).auc()).isNaN();
        assertThat(
                        SeedSpread.meanOfSlates(
                                        List.of(
                                                new SlateSummary(3, 0.1, 0.2, 0.3, 0),
                                                new SlateSummary(3, 0.3, 0.4, 0.5, 1)))
                                .hrAt10())
                .isEqualTo(0.5);
    }

    /** Slates of seven slots, predicted the better the larger the skill. */
    private static final class Run {
        final ScoreLog log = new ScoreLog();
        final SlateLog slates = new SlateLog();

        Run(Random random, int requests, double skill) {
            for (int request = 0; request < requests; request++) {
                for (int slot = 0; slot < SLOTS; slot++) {
                    double truth = random.nextGaussian();
                    float label = random.nextDouble() < 1 / (1 + Math.exp(1 - truth)) ? 1 : 0;
                    double seen = skill * truth + random.nextGaussian();
                    float prediction = (float) (1 / (1 + Math.exp(1 - seen)));
                    log.add(prediction, label, 1, request);
                    slates.add("r" + request, "i" + slot, prediction, label);
                }
            }
        }
    }
}
