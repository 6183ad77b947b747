package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {

    private static final long SEED = 7;

    @Test
    void blocksFollowOneAnotherWithoutGap() {
        Blocks blocks = Blocks.ofExamples(1_000, 101_003);

        assertThat(blocks.count()).isEqualTo(Blocks.USUAL);
        assertThat(blocks.from(0)).isEqualTo(1_000);
        assertThat(blocks.to(blocks.count() - 1)).isEqualTo(101_003);
        for (int b = 1; b < blocks.count(); b++) {
            assertThat(blocks.from(b)).isEqualTo(blocks.to(b - 1));
            assertThat(blocks.to(b) - blocks.from(b)).isBetween(500, 501);
        }
        assertThat(Blocks.ofExamples(0, 1_000).count()).isEqualTo(20);
        assertThat(Blocks.ofRequests(0, 1_000).count()).isEqualTo(100);
        assertThat(Blocks.ofExamples(0, 3).count()).isEqualTo(1);
    }

    @Test
    void alignedBlocksTearNoRequestApart() {
        int[] starts = {0, 3, 4, 9, 10, 17};

        Blocks blocks = Blocks.of(1, 20, 5).alignedTo(starts);

        assertThat(blocks.from(0)).isEqualTo(1);
        assertThat(blocks.to(4)).isEqualTo(20);
        List<Integer> inner = new ArrayList<>();
        for (int b = 1; b < 5; b++) {
            inner.add(blocks.from(b));
        }
        // Before: 4, 8, 12, 16.
        assertThat(inner).containsExactly(4, 9, 17, 17);
    }

    @Test
    void aucOfAResamplingIsThatOfTheBlocksPutTogetherAnew() {
        Random random = new Random(SEED);
        ScoreLog log = randomLog(random, 400);
        Blocks blocks = Blocks.of(50, 400, 12);
        BlockAuc auc = BlockAuc.of(log, blocks);
        BlockMean logloss = BlockMean.logloss(log, blocks);

        for (int round = 0; round < 50; round++) {
            int[] times = new int[12];
            ProgressiveScore twin = new ProgressiveScore();
            for (int draw = 0; draw < 12; draw++) {
                int block = random.nextInt(12);
                times[block]++;
                for (int i = blocks.from(block); i < blocks.to(block); i++) {
                    twin.add(log.prediction(i), log.label(i), log.weight(i));
                }
            }

            assertThat(auc.value(times)).isCloseTo(twin.summary().auc(), within(1e-12));
            assertThat(logloss.value(times)).isCloseTo(twin.summary().logloss(), within(1e-12));
        }
    }

    @Test
    void theDifferenceOfAResamplingIsTheDifferenceOfBothArms() {
        Random random = new Random(SEED);
        ScoreLog one = randomLog(random, 300);
        ScoreLog other = new ScoreLog();
        for (int i = 0; i < one.size(); i++) {
            other.add(random.nextFloat(), one.label(i), one.weight(i), one.time(i));
        }
        Blocks blocks = Blocks.of(0, 300, 5);
        int[] times = {0, 3, 1, 0, 1};

        BlockAuc auc = BlockAuc.of(one, blocks).minus(BlockAuc.of(other, blocks));
        BlockMean loss = BlockMean.logloss(one, blocks).minus(BlockMean.logloss(other, blocks));

        assertThat(auc.value(times))
                .isCloseTo(
                        BlockAuc.of(one, blocks).value(times)
                                - BlockAuc.of(other, blocks).value(times),
                        within(1e-12));
        assertThat(loss.value(times))
                .isCloseTo(
                        BlockMean.logloss(one, blocks).value(times)
                                - BlockMean.logloss(other, blocks).value(times),
                        within(1e-12));
    }

    @Test
    void aResamplingWithoutAPositiveHasNoAuc() {
        ScoreLog log = new ScoreLog();
        log.add(0.5f, 1, 1, 0);
        log.add(0.4f, 0, 1, 0);
        BlockAuc auc = BlockAuc.of(log, Blocks.of(0, 2, 2));

        assertThat(auc.value(new int[] {1, 1})).isEqualTo(1);
        assertThat(auc.value(new int[] {0, 2})).isNaN();
    }

    @Test
    void theIntervalOfIndependentValuesIsTheOneOfTheTextbook() {
        Random random = new Random(SEED);
        double[] values = random.doubles(20_000).toArray();

        Interval interval =
                BlockBootstrap.interval(BlockMean.of(values, Blocks.ofExamples(0, 20_000)));

        double deviation = Math.sqrt(1 / 12.0 / 20_000);
        assertThat(interval.estimate()).isCloseTo(0.5, within(4 * deviation));
        // The deviation of 200 block means is itself known to ±5 %, the percentiles to less.
        assertThat(interval.halfWidth()).isCloseTo(1.96 * deviation, within(0.3 * deviation));
        assertThat(interval.excludesZero()).isTrue();
    }

    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        int runs = 200;
        int loss = 0;
        int auc = 0;
        int alone = 0;
        for (int run = 0; run < runs; run++) {
            Random random = new Random(SEED + run);
            int n = 3_000;
            ScoreLog one = new ScoreLog();
            ScoreLog other = new ScoreLog();
            pairOfEqualArms(random, n, one, other);
            Blocks blocks = Blocks.ofExamples(0, n);

            loss += holdsZero(logloss(one, other, blocks));
            if (run < 60) {
                alone += holdsZero(logloss(one, other, Blocks.of(0, n, n)));
            }
            auc +=
                    holdsZero(
                            BlockBootstrap.interval(
                                    BlockAuc.of(one, blocks).minus(BlockAuc.of(other, blocks))));
        }

        // 95 % ± 3 standard deviations of a share of 200 is 90.4 to 99.6 %.
        assertThat(loss).as("logloss of %d, seed %d", runs, SEED).isBetween(181, 199);
        assertThat(auc).as("AUC of %d, seed %d", runs, SEED).isBetween(181, 199);
        // What the blocks are for: examples drawn one by one promise too much.
        assertThat(alone).as("single examples of 60, seed %d", SEED).isLessThan(50);
    }

    @Test
    void seedsThatDisagreeWidenTheInterval() {
        Random random = new Random(SEED);
        List<BlockMean> alike = new ArrayList<>();
        List<BlockMean> apart = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            double[] values = random.doubles(4_000).toArray();
            alike.add(BlockMean.of(values, Blocks.ofExamples(0, 4_000)));
            for (int i = 0; i < values.length; i++) {
                values[i] += seed;
            }
            apart.add(BlockMean.of(values, Blocks.ofExamples(0, 4_000)));
        }

        Interval narrow = BlockBootstrap.interval(alike);
        Interval wide = BlockBootstrap.interval(apart);

        assertThat(wide.estimate()).isCloseTo(narrow.estimate() + 1.5, within(1e-9));
        // Means of 4 draws of 0 to 3 have a standard deviation of 0.56.
        assertThat(wide.halfWidth()).isBetween(0.8, 1.3);
        assertThat(narrow.halfWidth()).isLessThan(0.02);
    }

    @Test
    void theSameRunAlwaysHasTheSameInterval() {
        ScoreLog log = randomLog(new Random(SEED), 2_000);

        Interval first = BlockBootstrap.interval(BlockAuc.of(log, Blocks.ofExamples(0, 2_000)));
        Interval again = BlockBootstrap.interval(BlockAuc.of(log, Blocks.ofExamples(0, 2_000)));

        assertThat(again).isEqualTo(first);
        assertThat(first.low()).isLessThan(first.estimate());
        assertThat(first.high()).isGreaterThan(first.estimate());
    }

    @Test
    void aShortRunHasAFigureButNoInterval() {
        Interval interval =
                BlockBootstrap.interval(
                        BlockMean.of(new double[] {1, Double.NaN, 3}, Blocks.ofExamples(0, 3)));

        assertThat(interval.estimate()).isEqualTo(2);
        assertThat(interval.low()).isNaN();
        assertThat(interval.excludesZero()).isFalse();
    }

    /** Both see the same truth through noise of their own, which lasts for 25 examples. */
    private static void pairOfEqualArms(Random random, int n, ScoreLog one, ScoreLog other) {
        double mine = 0;
        double theirs = 0;
        for (int i = 0; i < n; i++) {
            if (i % 25 == 0) {
                mine = 3 * random.nextGaussian();
                theirs = 3 * random.nextGaussian();
            }
            double truth = random.nextGaussian();
            float label = random.nextDouble() < sigmoid(truth) ? 1 : 0;
            one.add((float) sigmoid(truth + mine), label, 1, i);
            other.add((float) sigmoid(truth + theirs), label, 1, i);
        }
    }

    private static Interval logloss(ScoreLog one, ScoreLog other, Blocks blocks) {
        return BlockBootstrap.interval(
                BlockMean.logloss(one, blocks).minus(BlockMean.logloss(other, blocks)));
    }

    private static int holdsZero(Interval interval) {
        return interval.excludesZero() ? 0 : 1;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static ScoreLog randomLog(Random random, int size) {
        ScoreLog log = new ScoreLog();
        for (int i = 0; i < size; i++) {
            // Few distinct predictions, so that there are ties.
            float prediction = random.nextInt(40) / 40f;
            float label = random.nextDouble() < prediction ? 1 : 0;
            log.add(prediction, label, label == 1 ? 1 : 1 + random.nextInt(2), i);
        }
        return log;
    }
}
