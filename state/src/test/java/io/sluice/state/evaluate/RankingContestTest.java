package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Elimination;
import io.sluice.state.rank.LabelledSlate;
import io.sluice.state.rank.RankerLearner;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingContestTest {

    private static final int DIMENSIONS = 3;
    private static final double SECOND = Math.log(2) / Math.log(3); // discount of the second place

    private final RankerLearner learner = new RankerLearner(Elimination.DEFAULT, DIMENSIONS, 1);
    private final RankingContest contest =
            new RankingContest(learner, Elimination.DEFAULT, DIMENSIONS);

    @Test
    void eachWayIsJudgedByItsOwnOrder() {
        // Shown a b c, scored c a b; a was taken.
        contest.add(slate(new float[] {1, 0, 2}, new float[] {1, 0, 0}));

        Map<String, RankingFigures> figures = contest.figures(false, null);

        assertThat(figures.get("shown").ndcgAt10().estimate()).isEqualTo(1);
        assertThat(figures.get("sort").ndcgAt10().estimate()).isCloseTo(SECOND, within(1e-12));
        assertThat(figures.get("sort").mrr().estimate()).isEqualTo(0.5);
        assertThat(figures.get("sort").map().estimate()).isEqualTo(0.5);
        assertThat(figures.get("sort").hrAt10().estimate()).isEqualTo(1);
        // A look at the second place has probability 0.85.
        assertThat(figures.get("sort").utility().estimate()).isCloseTo(0.85, within(1e-12));
        assertThat(figures.get("elimination").ndcgAt10().estimate())
                .as("an untrained head is the sort")
                .isEqualTo(figures.get("sort").ndcgAt10().estimate());
    }

    @Test
    void popularityKnowsWhatWasTakenBeforeAndNotNow() {
        contest.add(slate(new float[] {0, 0, 0}, new float[] {0, 0, 1}));
        contest.add(slate(new float[] {0, 0, 0}, new float[] {0, 0, 1}));

        // First all alike, so by id: c is third. Then c first.
        assertThat(contest.figures(false, null).get("popularity").mrr().estimate())
                .isCloseTo((1.0 / 3 + 1) / 2, within(1e-12));
    }

    @Test
    void slatesInWhichNothingWasTakenAreNotJudged() {
        contest.add(slate(new float[] {1, 2, 3}, new float[3]));
        assertThat(contest.size()).isZero();

        contest.add(slate(new float[] {1, 2, 3}, new float[] {0, 1, 0}));
        assertThat(contest.size()).isEqualTo(1);
    }

    @Test
    void pairsAreTakenSlateBySlate() {
        Random random = new Random(3);
        for (int s = 0; s < 300; s++) {
            float[] logits = new float[6];
            float[] labels = new float[6];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) random.nextGaussian();
            }
            // Half of the time the likeliest is taken, else any.
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            labels[random.nextBoolean() ? best : random.nextInt(6)] = 1;
            contest.add(slate(logits, labels));
        }
        Map<String, RankingFigures> alone = contest.figures(false, null);
        Map<String, RankingFigures> pairs = contest.figures(false, "shown");

        Interval gain = pairs.get("sort").ndcgAt10();
        assertThat(gain.estimate())
                .isCloseTo(
                        alone.get("sort").ndcgAt10().estimate()
                                - alone.get("shown").ndcgAt10().estimate(),
                        within(1e-12));
        assertThat(gain.excludesZero()).isTrue();
        assertThat(pairs.get("shown").ndcgAt10()).isEqualTo(new Interval(0, 0, 0));
        assertThat(contest.figures(true, null).keySet()).isEqualTo(alone.keySet());
        assertThat(alone.keySet().stream().filter(name -> name.startsWith("mmr@"))).hasSize(1);
        assertThat(alone.keySet().stream().filter(name -> name.startsWith("dpp@"))).hasSize(1);
    }

    private static LabelledSlate slate(float[] logits, float[] labels) {
        int n = logits.length;
        Candidates candidates = new Candidates();
        candidates.reset(n, DIMENSIONS);
        int[] positions = new int[n];
        float[] propensities = new float[n];
        Arrays.fill(propensities, Float.NaN);
        for (int i = 0; i < n; i++) {
            candidates.name(i, String.valueOf((char) ('a' + i)));
            candidates.score(i, logits[i], 1 / (1 + Math.exp(-logits[i])));
            candidates.vectors()[candidates.vectorAt(i) + i % DIMENSIONS] = 1;
            positions[i] = i;
        }
        return new LabelledSlate(candidates, labels, positions, propensities);
    }
}
