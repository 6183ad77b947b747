package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadTrainerTest {

    private static LabelledSlate slate(Random random, int n, int dimensions, int positives) {
        Candidates candidates = RandomPools.candidates(random, n, dimensions, 3);
        float[] labels = new float[n];
        int[] positions = new int[n];
        float[] propensities = new float[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i < positives ? 1 : 0;
            positions[i] = i;
            propensities[i] = Float.NaN;
        }
        return new LabelledSlate(candidates, labels, positions, propensities);
    }

    private static double[] parameters(Random random, int dimensions) {
        double[] theta = new double[PoolGradient.GAINS + dimensions];
        for (int p = 0; p < theta.length; p++) {
            theta[p] = 0.4 * random.nextGaussian();
        }
        theta[PoolGradient.TAU] = 0.7 + random.nextDouble();
        return theta;
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        Examination examination = looked();
        for (int seed = 0; seed < 20; seed++) {
            for (Objective objective : Objective.values()) {
                for (Discounts measure : Discounts.values()) {
                    Random random = new Random(seed);
                    int dimensions = 3;
                    // Few, so that a step changes no order of falling.
                    LabelledSlate slate = slate(random, 6, dimensions, 2);
                    HeadTrainer trainer = new HeadTrainer(objective, measure, dimensions);
                    double[] theta = parameters(random, dimensions);
                    double[] gradient = new double[theta.length];
                    trainer.loss(slate, examination, theta, gradient);
                    double h = 1e-6;
                    for (int p = 0; p < theta.length; p++) {
                        double[] up = theta.clone();
                        double[] down = theta.clone();
                        up[p] += h;
                        down[p] -= h;
                        double[] unused = new double[theta.length];
                        double slope =
                                (trainer.loss(slate, examination, up, unused)
                                                - trainer.loss(slate, examination, down, unused))
                                        / (2 * h);
                        assertThat(gradient[p])
                                .as("seed %d, %s, %s, parameter %d", seed, objective, measure, p)
                                .isCloseTo(slope, within(1e-5 + 1e-5 * Math.abs(slope)));
                    }
                }
            }
        }
    }

    /** People who look at the first places more than at the last. */
    private static Examination looked() {
        Examination examination = new Examination();
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            LabelledSlate slate = slate(random, 6, 0, 0);
            Arrays.fill(slate.propensities(), 1f / 6);
            slate.labels()[random.nextInt(2)] = 1;
            examination.observe(slate);
        }
        return examination;
    }

    @Test
    void worthTelescopesToTheMeasureOfTheFinalPlace() {
        for (Discounts measure : Discounts.values()) {
            int n = 40;
            for (int rank = 1; rank <= n; rank++) {
                double sum = measure.worth(n);
                for (int m = n; m > rank; m--) {
                    sum += measure.worth(m - 1) - measure.worth(m);
                }
                assertThat(sum).isCloseTo(measure.worth(rank), within(1e-12));
            }
        }
        assertThat(Discounts.MRR.worth(7) - Discounts.MRR.worth(8))
                .isCloseTo(1.0 / (8 * 7), within(1e-12));
    }

    @Test
    void startsAsASortAndSlatesWithoutAChoiceTeachNothing() {
        HeadTrainer trainer = new HeadTrainer(Objective.SURVIVAL, Discounts.NDCG, 4);
        Random random = new Random(2);

        trainer.learn(slate(random, 5, 4, 0), new Examination(), 1);
        trainer.learn(slate(random, 5, 4, 5), new Examination(), 1);

        assertThat(trainer.head(RankerHead.Policy.SORT)).isEqualTo(RankerHead.sort(4));
    }

    /** Of each group one is taken, the best: the others are redundant. */
    @Test
    void learnsThatOneOfAGroupIsEnough() {
        HeadTrainer survival = new HeadTrainer(Objective.SURVIVAL, Discounts.NDCG, 2);
        HeadTrainer reward = new HeadTrainer(Objective.REWARD, Discounts.NDCG, 2);
        HeadTrainer oneShot = new HeadTrainer(Objective.ONE_SHOT, Discounts.NDCG, 2);
        for (int seed = 0; seed < 300; seed++) {
            LabelledSlate slate = redundant(new Random(seed));
            survival.learn(slate, new Examination(), seed);
            reward.learn(slate, new Examination(), seed);
            oneShot.learn(slate, new Examination(), seed);
        }

        assertThat(survival.head(RankerHead.Policy.ELIMINATION).mu()).isGreaterThan(0.2f);
        assertThat(reward.head(RankerHead.Policy.ELIMINATION).mu()).isGreaterThan(0.1f);
        assertThat(oneShot.head(RankerHead.Policy.ONE_SHOT).mu()).isGreaterThan(0.1f);
    }

    static LabelledSlate redundant(Random random) {
        int n = 12;
        Candidates candidates = RandomPools.candidates(random, n, 2, 0);
        float[] labels = new float[n];
        int[] positions = new int[n];
        float[] propensities = new float[n];
        Arrays.fill(propensities, Float.NaN);
        for (int i = 0; i < n; i++) {
            // Seven of one group, the others alone; crowded ones look better than they are.
            boolean crowded = i >= 5;
            candidates.group(i, crowded ? 1 : 2 + i);
            candidates.score(i, (crowded ? 0.8 : 0) + 0.3 * random.nextGaussian(), 0.5);
            labels[i] = i == 5 || (i < 5 && random.nextInt(3) == 0) ? 1 : 0;
            positions[i] = i;
        }
        return new LabelledSlate(candidates, labels, positions, propensities);
    }

    @Test
    void howFarPeopleLookIsLearntFromWhatChanceHasPlacedAlone() {
        Random random = new Random(4);
        Examination examination = new Examination();
        double[] theta = {1, 0.6, 0.3, 0.2};
        for (int s = 0; s < 20_000; s++) {
            LabelledSlate slate = slate(random, 4, 0, 0);
            for (int i = 0; i < 4; i++) {
                slate.propensities()[i] = s % 2 == 0 ? 0.25f : 0.9f;
                // Greedy places are clicked as if all looked at the last one only.
                double click = s % 2 == 0 ? 0.5 * theta[i] : i == 3 ? 1 : 0;
                slate.labels()[i] = random.nextDouble() < click ? 1 : 0;
            }
            examination.observe(slate);
        }
        for (int k = 0; k < 4; k++) {
            assertThat(examination.at(k)).isCloseTo(theta[k], within(0.05));
        }
        assertThat(new Examination().at(9)).isEqualTo(1);
    }
}
