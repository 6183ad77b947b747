package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IterativeExclusionTest {

    /** What a test wants of a scorer. */
    private interface Scores {
        void score(Candidates candidates, int[] left, int count, float[] scores)
                throws ScorerFaultException;
    }

    private static ShortlistScorer scorer(int last, Deadline allowed, Scores scores) {
        return new ShortlistScorer() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public int last() {
                return last;
            }

            @Override
            public Deadline allowed() {
                return allowed;
            }

            @Override
            public void score(
                    RerankRequest request,
                    Candidates candidates,
                    int[] left,
                    int count,
                    float[] into,
                    Deadline deadline)
                    throws ScorerFaultException {
                scores.score(candidates, left, count, into);
            }
        };
    }

    private static ShortlistScorer scorer(int last, Scores scores) {
        return scorer(last, Deadline.none(), scores);
    }

    @Test
    void ourOwnScoreInContextGivesTheEliminatorsOrder() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int n = 2 + random.nextInt(15);
            Candidates candidates = RandomPools.candidates(random, n, 5, 3);
            RankerHead head = RandomPools.head(random, 5);
            PoolTwin twin = new PoolTwin(candidates, head);
            List<Integer> expected =
                    RandomPools.order(new Pool(), candidates, head, new OneByOne(), 1);
            Collections.reverse(expected);
            int[] order = IntStream.range(0, n).toArray();

            ScorerFaultException fault =
                    new IterativeExclusion(
                                    scorer(
                                            n,
                                            (of, left, count, scores) -> {
                                                List<Integer> pool = new ArrayList<>();
                                                for (int i = 0; i < count; i++) {
                                                    pool.add(left[i]);
                                                }
                                                for (int i = 0; i < count; i++) {
                                                    scores[i] = (float) twin.score(left[i], pool);
                                                }
                                            }))
                            .run(request(n), candidates, order, n, Deadline.none());

            assertThat(fault).isNull();
            assertThat(Arrays.stream(order).boxed().toList())
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void onlyTheLastSurvivorsAreAskedAboutAndTheRestStay() {
        List<Integer> asked = new ArrayList<>();
        Ranker ranker =
                ranker(
                        scorer(
                                3,
                                (of, left, count, scores) -> {
                                    asked.add(count);
                                    for (int i = 0; i < count; i++) {
                                        scores[i] = left[i];
                                    }
                                }),
                        0);

        Ranking ranking = rank(ranker, 6);

        // By score 0 1 2 3 4 5; the scorer likes large numbers.
        assertThat(ids(ranking)).containsExactly("i2", "i1", "i0", "i3", "i4", "i5");
        assertThat(asked).containsExactly(3, 2);
        assertThat(ranking.policy()).isEqualTo("sort, test");
        assertThat(ranking.fault()).isNull();
        assertThat(ranking.items()).extracting(RankedItem::propensity).containsOnly(1.0);
    }

    @Test
    void aFaultKeepsTheOrderOfThoseWhoAreLeft() {
        int[] calls = {0};
        Ranker ranker =
                ranker(
                        scorer(
                                4,
                                (of, left, count, scores) -> {
                                    if (calls[0]++ > 0) {
                                        throw new ScorerFaultException(
                                                ScorerFaultException.Fault.SCORER_FAILED, "gone");
                                    }
                                    scores[0] = -1;
                                }),
                        0);

        Ranking ranking = rank(ranker, 6);

        assertThat(ids(ranking)).containsExactly("i1", "i2", "i3", "i0", "i4", "i5");
        assertThat(ranking.fault()).isEqualTo(ScorerFaultException.Fault.SCORER_FAILED);
        assertThat(ranking.policy()).isEqualTo("sort");
    }

    @Test
    void noTimeLeavesTheOrderAsItIs() {
        Ranker ranker =
                ranker(
                        scorer(
                                4,
                                Deadline.at(() -> 5, 5),
                                (of, left, count, scores) -> {
                                    throw new AssertionError("asked after its time");
                                }),
                        0);

        Ranking ranking = rank(ranker, 6);

        assertThat(ids(ranking)).containsExactly("i0", "i1", "i2", "i3", "i4", "i5");
        assertThat(ranking.fault()).isEqualTo(ScorerFaultException.Fault.SCORER_TIMEOUT);
    }

    @Test
    void aScoreThatIsNoNumberIsAFault() {
        Ranker ranker = ranker(scorer(4, (of, left, count, scores) -> scores[1] = Float.NaN), 0);

        assertThat(rank(ranker, 6).fault()).isEqualTo(ScorerFaultException.Fault.SCORER_UNREADABLE);
    }

    @Test
    void shufflingComesBehindAndItsPropensitiesHold() {
        Ranker ranker =
                ranker(
                        scorer(
                                6,
                                (of, left, count, scores) -> {
                                    for (int i = 0; i < count; i++) {
                                        scores[i] = left[i];
                                    }
                                }),
                        0.5);
        int requests = 4000;
        int first = 0;
        for (int r = 0; r < requests; r++) {
            RerankRequest request = request("r" + r, 6);
            RankedItem top =
                    ranker.rank(request, filled(ranker, 6), RankerHead.sort(0), Deadline.none())
                            .items()
                            .get(0);
            first += top.id().equals("i5") ? 1 : 0;
            assertThat(top.propensity()).isIn(0.5 + 0.5 / 6, 0.5 / 6);
        }

        // 4 standard errors of a share of 0.58 among 4,000 are 0.031.
        assertThat(first / (double) requests).isBetween(0.55, 0.615);
    }

    private static Ranker ranker(ShortlistScorer scorer, double exploration) {
        return new Ranker(
                RankConfig.of(RankConfig.Policy.SORT), new Exploration(exploration, 1), 1, scorer);
    }

    private static Ranking rank(Ranker ranker, int n) {
        return ranker.rank(request(n), filled(ranker, n), RankerHead.sort(0), Deadline.none());
    }

    private static Candidates filled(Ranker ranker, int n) {
        Candidates candidates = ranker.candidates();
        candidates.reset(n, 0);
        for (int i = 0; i < n; i++) {
            candidates.name(i, "i" + i);
            candidates.score(i, 0.9 - 0.1 * i);
        }
        return candidates;
    }

    private static RerankRequest request(int n) {
        return request("r", n);
    }

    private static RerankRequest request(String id, int n) {
        List<Candidate> items =
                IntStream.range(0, n)
                        .mapToObj(i -> new Candidate("i" + i, Attributes.EMPTY))
                        .toList();
        return new RerankRequest(
                id, 0, "", Attributes.EMPTY, items, 0, false, List.of(), List.of(), 0);
    }

    private static List<String> ids(Ranking ranking) {
        return ranking.items().stream().map(RankedItem::id).toList();
    }
}
