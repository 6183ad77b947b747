package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.Fall;
import io.sluice.state.event.Pin;
import io.sluice.state.event.Quota;
import io.sluice.state.event.RankRules;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.ItemGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankRulesTest {

    private static final RankerHead HEAD =
            new RankerHead(
                    RankerHead.Policy.ELIMINATION, 0.3f, 0.5f, 0.2f, 1, new float[] {1, 1, 1});

    private static Ranker ranker(double thompson, double epsilon, Optional<String> seen) {
        RankConfig config =
                new RankConfig(
                        RankConfig.Policy.AUTO,
                        RankConfig.Method.HALVING,
                        0.5,
                        8,
                        Optional.empty(),
                        5,
                        Map.of("g2", new RankConfig.QuotaConfig(0, 2)),
                        List.of(),
                        List.of("banned"),
                        seen,
                        thompson,
                        Optional.empty(),
                        1,
                        40,
                        true,
                        ScorerConfig.NONE);
        return new Ranker(config, new Exploration(epsilon, 1), 7);
    }

    private static Candidates fill(Ranker ranker, RerankRequest request, long seed) {
        Random random = new Random(seed);
        Candidates candidates = ranker.candidates();
        candidates.reset(request.items().size(), 3);
        for (int i = 0; i < candidates.size(); i++) {
            candidates.name(i, request.items().get(i).id());
            candidates.score(i, 1 / (1 + Math.exp(-random.nextGaussian())));
            candidates.group(i, ItemGroup.named("g" + i % 3));
            candidates.evidence(i, i);
            for (int d = 0; d < 3; d++) {
                candidates.vectors()[candidates.vectorAt(i) + d] = (float) random.nextGaussian();
            }
        }
        return candidates;
    }

    private static RerankRequest request(
            String id, int n, int k, boolean explain, List<String> pinned, RankRules rules) {
        List<Candidate> items =
                IntStream.range(0, n)
                        .mapToObj(i -> new Candidate("i" + i, Attributes.EMPTY))
                        .collect(Collectors.toCollection(ArrayList::new));
        items.add(new Candidate("banned", Attributes.EMPTY));
        return new RerankRequest(
                id, 1, "u", Attributes.EMPTY, items, k, explain, pinned, List.of(), 0, 0, rules);
    }

    @Test
    void allRulesHoldOrAreNamed() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            int n = 6 + random.nextInt(30);
            int k = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(n);
            Set<Integer> places = new HashSet<>();
            List<Pin> pins = new ArrayList<>();
            for (int i = 0; i < random.nextInt(3); i++) {
                int place = 1 + random.nextInt(n + 2);
                if (places.add(place)) {
                    pins.add(new Pin("i" + (3 + i), place));
                }
            }
            int least = random.nextInt(4);
            List<String> seen = random.nextBoolean() ? List.of("i1", "i4") : List.of();
            RankRules rules =
                    new RankRules(pins, List.of(new Quota("g1", least, 4)), 4, false, seen);
            List<String> pinned = random.nextBoolean() ? List.of("i2", "stranger") : List.of();
            RerankRequest request = request("r" + seed, n, k, random.nextBoolean(), pinned, rules);
            Ranker ranker = ranker(random.nextInt(3) == 0 ? 1 : 0, 0.3, Optional.empty());

            Ranking ranking =
                    ranker.rank(request, fill(ranker, request, seed), HEAD, Deadline.none());

            List<String> ids = ranking.items().stream().map(RankedItem::id).toList();
            String means = "seed " + seed + ": " + ids + " " + ranking.unsatisfied();
            int free = n - seen.size();
            assertThat(ids).as(means).doesNotHaveDuplicates().doesNotContain("banned");
            assertThat(ids).as(means).hasSize(k == 0 ? free : Math.min(k, free));
            assertThat(ids).as(means).noneMatch(seen::contains);
            for (Pin pin : pins) {
                if (!ranking.unsatisfied().contains("places." + pin.item())
                        && pin.place() <= ids.size()) {
                    assertThat(ids.get(pin.place() - 1)).as(means).isEqualTo(pin.item());
                }
            }
            if (!pinned.isEmpty()) {
                assertThat(ranking.unsatisfied()).contains("pinned.stranger");
                assertThat(ranking.unsatisfied()).doesNotContain("pinned.i2");
            }
            int window = Math.min(4, ids.size());
            long ofOne = count(ids.subList(0, window), 1);
            long ofTwo = count(ids.subList(0, window), 2);
            assertThat(ofOne < least)
                    .as(means)
                    .isEqualTo(ranking.unsatisfied().contains("quotas.g1.least"));
            assertThat(ofTwo > 2)
                    .as(means)
                    .isEqualTo(ranking.unsatisfied().contains("quotas.g2.most"));
            if (pins.isEmpty() && pinned.isEmpty() && window == 4 && n > 14) {
                assertThat(ranking.unsatisfied()).as(means).isEmpty();
            }
        }
    }

    private static long count(List<String> ids, int group) {
        return ids.stream().filter(id -> Integer.parseInt(id.substring(1)) % 3 == group).count();
    }

    @Test
    void whatWasHadAlreadyStaysWhenNothingElseIsLeftAndThatIsSaid() {
        RankRules all = new RankRules(List.of(), List.of(), 0, true, List.of("i0", "i1"));
        RankRules unknown = new RankRules(List.of(), List.of(), 0, true, List.of());
        Ranker ranker = ranker(0, 0, Optional.empty());
        RerankRequest two = request("a", 2, 0, false, List.of(), all);
        RerankRequest blind = request("b", 2, 0, false, List.of(), unknown);

        Ranking kept = ranker.rank(two, fill(ranker, two, 1), HEAD, Deadline.none());
        Ranking asked = ranker.rank(blind, fill(ranker, blind, 1), HEAD, Deadline.none());

        assertThat(kept.items()).hasSize(2);
        assertThat(kept.unsatisfied()).contains("unseen");
        assertThat(asked.unsatisfied()).contains("unseen");
    }

    @Test
    void historyHidesWhatTheUserHasHad() {
        Ranker ranker = ranker(0, 0, Optional.of("bought"));
        RerankRequest request = request("a", 5, 0, false, List.of(), RankRules.NONE);
        Candidates candidates = fill(ranker, request, 2);
        candidates.markSeen(3);

        Ranking ranking = ranker.rank(request, candidates, HEAD, Deadline.none());

        assertThat(ranking.items()).extracting(RankedItem::id).hasSize(4).doesNotContain("i3");
    }

    @Test
    void reasonsAddUpAndNameWhoWon() {
        Ranker ranker = ranker(0.5, 0, Optional.empty());
        RerankRequest request = request("a", 30, 0, true, List.of("i4"), RankRules.NONE);

        Ranking ranking = ranker.rank(request, fill(ranker, request, 3), HEAD, Deadline.none());

        Map<String, Integer> rounds = new HashMap<>();
        ranking.items().forEach(item -> rounds.put(item.id(), item.eliminatedAtRound()));
        assertThat(ranking.policy()).isEqualTo("elimination");
        assertThat(ranking.items().get(0).fall()).isNull();
        assertThat(ranking.items().get(1).fall().reason()).isEqualTo(Reasons.BEST);
        for (RankedItem item : ranking.items().subList(2, 30)) {
            Fall fall = item.fall();
            assertThat(item.eliminatedAtRound()).isPositive();
            int winner = rounds.get(fall.against());
            assertThat(winner == 0 || winner >= item.eliminatedAtRound()).isTrue();
            assertThat(fall.poolSize()).isBetween(2, 30);
            assertThat(fall.reason()).isNotBlank();
        }
    }

    /** The sum of a whole list's propensities at each place is 1 but for sampling. */
    @Test
    void propensitiesOfThompsonSamplingAreTheFrequencies() {
        Ranker ranker = new Ranker(withDraws(150), new Exploration(0.1, 1), 11);
        Map<String, Integer> first = new HashMap<>();
        double claimed = 0;
        int requests = 400;
        for (int r = 0; r < requests; r++) {
            RerankRequest request = request("r" + r, 6, 0, false, List.of(), RankRules.NONE);
            Candidates candidates = fill(ranker, request, 5);
            Ranking ranking = ranker.rank(request, candidates, HEAD, Deadline.none());
            RankedItem top = ranking.items().get(0);
            first.merge(top.id(), 1, Integer::sum);
            claimed += Math.log(top.propensity());
        }
        double entropy = 0;
        for (int count : first.values()) {
            double share = (double) count / requests;
            entropy += share * Math.log(share);
        }

        // E ln p(top) is minus the entropy of the first place when the claims are right.
        assertThat(claimed / requests).isCloseTo(entropy, within(0.06));
        assertThat(first.size()).isGreaterThan(2);
    }

    private static RankConfig withDraws(int draws) {
        return new RankConfig(
                RankConfig.Policy.ELIMINATION,
                RankConfig.Method.EXACT,
                0.5,
                8,
                Optional.empty(),
                5,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                1,
                Optional.empty(),
                1,
                draws,
                true,
                ScorerConfig.NONE);
    }

    @Test
    void aRepeatedRequestIsAnsweredAlike() {
        Ranker one = ranker(1, 0.5, Optional.empty());
        Ranker other = ranker(1, 0.5, Optional.empty());
        RerankRequest request = request("same", 25, 0, true, List.of(), RankRules.NONE);

        assertThat(one.rank(request, fill(one, request, 9), HEAD, Deadline.none()))
                .isEqualTo(other.rank(request, fill(other, request, 9), HEAD, Deadline.none()));
    }

    @Test
    void aDeadlineCutsRoundsAndDrawsNotAnswers() {
        Ranker ranker = ranker(1, 0, Optional.empty());
        RerankRequest request = request("d", 60, 0, false, List.of(), RankRules.NONE);

        Ranking ranking =
                ranker.rank(request, fill(ranker, request, 1), HEAD, Deadline.at(() -> 1, 0));

        assertThat(ranking.complete()).isFalse();
        assertThat(ranking.items()).hasSize(60);
        assertThat(ranking.items()).allMatch(item -> item.propensity() == 1);
    }
}
