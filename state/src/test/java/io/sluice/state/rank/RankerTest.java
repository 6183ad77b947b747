package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RankerTest {

    private final Ranker greedy = new Ranker(new Exploration(0, 1));

    @Test
    void higherScoresComeFirstAndTiesGoByItemId() {
        RerankRequest request = request(List.of("c", "a", "d", "b"), 0, List.of(), List.of());

        List<RankedItem> ranking = rank(greedy, request, new double[] {0.5, 0.5, 0.9, 0.5});

        assertThat(ids(ranking)).containsExactly("d", "a", "b", "c");
        assertThat(ranking).extracting(RankedItem::rank).containsExactly(1, 2, 3, 4);
        assertThat(ranking).extracting(RankedItem::propensity).containsOnly(1.0);
    }

    @Test
    void theOrderDoesNotDependOnTheOrderOfTheRequest() {
        RerankRequest one = request(List.of("a", "b", "c"), 0, List.of(), List.of());
        RerankRequest other = request(List.of("c", "b", "a"), 0, List.of(), List.of());

        assertThat(ids(rank(greedy, one, new double[] {0.2, 0.2, 0.3})))
                .isEqualTo(ids(rank(greedy, other, new double[] {0.3, 0.2, 0.2})));
    }

    @Test
    void candidatesWithoutScoreFollowInTheirListedOrder() {
        RerankRequest request = request(List.of("z", "y", "x", "w"), 0, List.of(), List.of());
        double[] scores = {Double.NaN, 0.1, Double.NaN, 0.2};

        assertThat(ids(rank(greedy, request, scores))).containsExactly("w", "y", "z", "x");
    }

    @Test
    void pinnedComeFirstInTheirOrderAndExcludedNotAtAll() {
        List<String> pinned = List.of("c", "stranger", "a", "c", "d");
        RerankRequest request =
                request(List.of("a", "b", "c", "d", "e"), 0, pinned, List.of("d", "nobody"));

        List<RankedItem> ranking = rank(greedy, request, new double[] {0.1, 0.2, 0.3, 0.9, 0.8});

        assertThat(ids(ranking)).containsExactly("c", "a", "e", "b");
    }

    @Test
    void everyCandidateComesBackExactlyOnceWhateverIsAsked() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);
        Ranker ranker = new Ranker(new Exploration(0.5, 3));
        for (int round = 0; round < 2000; round++) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(12); i++) {
                items.add("i" + i);
            }
            List<String> pinned = some(random);
            List<String> excluded = some(random);
            int k = random.nextInt(4) == 0 ? 1 + random.nextInt(12) : 0;
            RerankRequest request = request(items, k, pinned, excluded);
            double[] scores = random.doubles(items.size()).toArray();

            List<RankedItem> ranking = rank(ranker, request, scores);

            Set<String> expected = new TreeSet<>(items);
            expected.removeAll(excluded);
            String means = "seed " + seed + ", round " + round;
            assertThat(ids(ranking)).as(means).doesNotHaveDuplicates().isSubsetOf(expected);
            assertThat(ranking)
                    .as(means)
                    .hasSize(k == 0 ? expected.size() : Math.min(k, expected.size()));
            assertThat(ranking).allMatch(item -> item.propensity() > 0);
            for (int i = 0; i < ranking.size(); i++) {
                assertThat(ranking.get(i).rank()).isEqualTo(i + 1);
                assertThat(ranking.get(i).score())
                        .isEqualTo(scores[items.indexOf(ranking.get(i).id())]);
            }
        }
    }

    @Test
    void onlyTheFirstKAreReturnedWithThePropensitiesOfTheWholeList() {
        Ranker exploring = new Ranker(new Exploration(0.2, 1));
        RerankRequest request = request(List.of("a", "b", "c", "d"), 2, List.of("d"), List.of());

        List<RankedItem> ranking = rank(exploring, request, new double[] {0.4, 0.3, 0.2, 0.1});

        assertThat(ranking).hasSize(2);
        assertThat(ranking.get(0).id()).isEqualTo("d");
        assertThat(ranking.get(0).propensity()).isEqualTo(1);
        double greedyPlace = 0.8 + 0.2 / 3;
        double anyPlace = 0.2 / 3;
        assertThat(ranking.get(1).propensity())
                .isEqualTo(ranking.get(1).id().equals("a") ? greedyPlace : anyPlace);
    }

    private static List<RankedItem> rank(Ranker ranker, RerankRequest request, double[] scores) {
        return ranking(ranker, request, scores).items();
    }

    private static Ranking ranking(Ranker ranker, RerankRequest request, double[] scores) {
        Candidates candidates = ranker.candidates();
        candidates.reset(scores.length, 0);
        for (int i = 0; i < scores.length; i++) {
            candidates.name(i, request.items().get(i).id());
            candidates.score(i, scores[i]);
        }
        return ranker.rank(request, candidates, RankerHead.sort(0), Deadline.none());
    }

    private static List<String> some(Random random) {
        return random.ints(random.nextInt(4), 0, 15).mapToObj(i -> "i" + i).toList();
    }

    private static List<String> ids(List<RankedItem> ranking) {
        return ranking.stream().map(RankedItem::id).toList();
    }

    private static RerankRequest request(
            List<String> ids, int k, List<String> pinned, List<String> exclude) {
        List<Candidate> items =
                ids.stream().map(id -> new Candidate(id, Attributes.EMPTY)).toList();
        String id = "r" + Arrays.hashCode(ids.toArray());
        return new RerankRequest(id, 1, "u", Attributes.EMPTY, items, k, false, pinned, exclude, 0);
    }
}
