package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.feature.ItemGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementsTest {

    private static final int ITEMS = 6;
    private static final RankerHead HEAD = RankerHead.sort(0);

    @Test
    void areTheFrequenciesOfManyRepliesWithPinsQuotasAndChance() {
        RankConfig config =
                config(0, Map.of("red", new RankConfig.QuotaConfig(0, 1)), List.of("i3"));
        Ranker ranker = new Ranker(config, new Exploration(0.5, 3), 3);
        int requests = 40_000;
        double[][] seen = new double[ITEMS][ITEMS];

        double[][] placed = ranker.placements(request("r"), filled(ranker), HEAD, ITEMS);
        for (int r = 0; r < requests; r++) {
            List<RankedItem> items = rank(ranker, "r" + r);
            for (int place = 0; place < items.size(); place++) {
                seen[place][number(items.get(place))] += 1.0 / requests;
            }
        }

        // 5 standard errors of a share of 0.5 among 40,000 are 0.0125.
        for (int place = 0; place < ITEMS; place++) {
            for (int i = 0; i < ITEMS; i++) {
                assertThat(placed[place][i]).isCloseTo(seen[place][i], within(0.0125));
            }
        }
    }

    @Test
    void areThePropensitiesOfTheReply() {
        Ranker ranker = new Ranker(config(0, Map.of(), List.of()), new Exploration(0.3, 3), 3);

        double[][] placed = ranker.placements(request("r7"), filled(ranker), HEAD, ITEMS);

        for (RankedItem item : rank(ranker, "r7")) {
            assertThat(placed[item.rank() - 1][number(item)])
                    .isCloseTo(item.propensity(), within(1e-12));
        }
    }

    @Test
    void underThompsonSamplingAddUpToOneByPlace() {
        Ranker ranker = new Ranker(config(2, Map.of(), List.of()), new Exploration(0.1, 3), 3);
        Candidates candidates = filled(ranker);
        for (int i = 0; i < ITEMS; i++) {
            candidates.evidence(i, i);
        }

        double[][] placed = ranker.placements(request("r"), candidates, HEAD, ITEMS + 1);

        for (int place = 0; place < ITEMS; place++) {
            double sum = 0;
            int possible = 0;
            for (int i = 0; i < ITEMS; i++) {
                sum += placed[place][i];
                possible += placed[place][i] > 0.1 / ITEMS + 1e-9 ? 1 : 0;
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            assertThat(possible).isGreaterThan(1);
        }
        assertThat(placed[ITEMS]).containsOnly(0);
    }

    private static RankConfig config(
            double thompson, Map<String, RankConfig.QuotaConfig> quotas, List<String> pinned) {
        return new RankConfig(
                RankConfig.Policy.SORT,
                RankConfig.Method.EXACT,
                0.5,
                32,
                Optional.of("colour"),
                3,
                quotas,
                pinned,
                List.of(),
                Optional.empty(),
                thompson,
                Optional.empty(),
                1,
                64,
                true,
                ScorerConfig.NONE);
    }

    private static List<RankedItem> rank(Ranker ranker, String request) {
        return ranker.rank(request(request), filled(ranker), HEAD, Deadline.none()).items();
    }

    /** The best two are red. */
    private static Candidates filled(Ranker ranker) {
        Candidates candidates = ranker.candidates();
        candidates.reset(ITEMS, 0);
        for (int i = 0; i < ITEMS; i++) {
            candidates.name(i, "i" + i);
            candidates.score(i, 0.9 - 0.1 * i);
            candidates.group(i, ItemGroup.named(i < 2 ? "red" : "blue"));
        }
        return candidates;
    }

    private static RerankRequest request(String id) {
        List<Candidate> items =
                IntStream.range(0, ITEMS)
                        .mapToObj(i -> new Candidate("i" + i, Attributes.EMPTY))
                        .toList();
        return new RerankRequest(
                id, 0, "", Attributes.EMPTY, items, 0, false, List.of(), List.of(), 0);
    }

    private static int number(RankedItem item) {
        return Integer.parseInt(item.id().substring(1));
    }
}
