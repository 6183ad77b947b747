package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Elimination;
import io.sluice.state.rank.LabelledSlate;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.rank.RankerLearner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedSlatesTest {

    private static final int DIMENSIONS = 3;
    private static final int SLATES = 1_500;
    private static final int POOL = 12;

    private final RankerLearner learner = new RankerLearner(Elimination.DEFAULT, DIMENSIONS, 1);

    @Test
    void judgesTheOrdersThatArePublishedAsTheContestDoes() {
        RankingContest contest = new RankingContest(learner, Elimination.DEFAULT, DIMENSIONS);
        RankedSlates sort = ranked(RankConfig.Policy.SORT);
        RankedSlates auto = ranked(RankConfig.Policy.AUTO);
        RankedSlates elimination = ranked(RankConfig.Policy.ELIMINATION);
        Random random = new Random(5);
        for (int s = 0; s < SLATES; s++) {
            LabelledSlate slate = redundant(random);
            contest.add(slate);
            List.of(sort, auto, elimination).forEach(ranked -> ranked.add(slate));
            learner.observe(slate);
        }

        Map<String, RankingFigures> all = contest.figures(false, null);
        Map<String, RankingFigures> last = contest.figures(true, null);
        assertThat(figures(sort.overall())).isEqualTo(all.get("sort"));
        assertThat(figures(sort.last20())).isEqualTo(last.get("sort"));
        assertThat(figures(auto.overall())).isEqualTo(all.get("gate"));
        assertThat(learner.head().policy()).isNotEqualTo(RankerHead.Policy.SORT);
        Interval gain = figures(elimination.last20().minus(sort.last20())).utility();
        assertThat(gain.low()).as("pools are redundant").isPositive();
        assertThat(sort.size()).isEqualTo(contest.size());
    }

    @Test
    void slatesInWhichNothingWasTakenDontCount() {
        RankedSlates ranked = ranked(RankConfig.Policy.SORT);
        LabelledSlate slate = redundant(new Random(1));
        ranked.add(
                new LabelledSlate(
                        slate.candidates(),
                        new float[POOL],
                        slate.positions(),
                        slate.propensities()));
        assertThat(ranked.size()).isZero();

        ranked.add(slate);

        assertThat(ranked.size()).isEqualTo(1);
    }

    private RankedSlates ranked(RankConfig.Policy policy) {
        return new RankedSlates(RankConfig.of(policy), learner);
    }

    private static RankingFigures figures(RankingBlocks blocks) {
        return RankingBlocks.figures(List.of(blocks));
    }

    /** Half of the pool is of one kind; of each of two kinds the likeliest is taken. */
    private static LabelledSlate redundant(Random random) {
        Candidates candidates = new Candidates();
        candidates.reset(POOL, DIMENSIONS);
        int[] positions = new int[POOL];
        float[] labels = new float[POOL];
        float[] propensities = new float[POOL];
        Arrays.fill(propensities, Float.NaN);
        int[] best = new int[DIMENSIONS];
        Arrays.fill(best, -1);
        for (int i = 0; i < POOL; i++) {
            int kind = i < POOL / 2 ? 0 : 1 + random.nextInt(DIMENSIONS - 1);
            float logit = (float) random.nextGaussian() + (kind == 0 ? 1 : 0);
            candidates.name(i, "i" + i);
            candidates.score(i, logit, 1 / (1 + Math.exp(-logit)));
            candidates.vectors()[candidates.vectorAt(i) + kind] = 1;
            candidates.group(i, kind + 1);
            positions[i] = i;
            if (best[kind] < 0 || logit > candidates.logit(best[kind])) {
                best[kind] = i;
            }
        }
        for (int kind = 0; kind < DIMENSIONS; kind++) {
            if (best[kind] >= 0) {
                labels[best[kind]] = 1;
            }
        }
        return new LabelledSlate(candidates, labels, positions, propensities);
    }
}
