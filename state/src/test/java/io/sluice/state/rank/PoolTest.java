package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PoolTest {

    private static final List<Supplier<Eliminator>> ALL =
            List.of(
                    OneByOne::new,
                    LazyOneByOne::new,
                    () -> new Halving(0.5, 8, new OneByOne()),
                    () -> new Halving(0.25, 5, new LazyOneByOne()),
                    () -> new OneRound(true),
                    () -> new OneRound(false));

    private final Pool pool = new Pool();

    @Test
    void whoFallsOneByOneIsTheWorstByTheFormula() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int dimensions = random.nextInt(10);
            Candidates candidates =
                    RandomPools.candidates(random, 2 + random.nextInt(40), dimensions, 4);
            RankerHead head = RandomPools.head(random, dimensions);
            PoolTwin twin = new PoolTwin(candidates, head);
            List<Integer> left = twin.all();

            RandomPools.order(pool, candidates, head, new OneByOne(), 1);

            FallLog falls = pool.falls();
            for (int f = 0; f < falls.size(); f++) {
                int fallen = falls.candidate(f);
                double score = twin.score(fallen, left);
                double least = left.stream().mapToDouble(i -> twin.score(i, left)).min().orElse(0);
                assertThat(score).as("seed %d, fall %d", seed, f).isCloseTo(least, within(2e-4));
                assertThat((double) falls.score(f)).isCloseTo(score, within(2e-4));
                assertThat(falls.poolSize(f)).isEqualTo(left.size());
                if (f < falls.size() - 1) {
                    assertThat(falls.round(f)).isEqualTo(f + 1);
                    assertThat(falls.margin(f)).isNotNegative();
                    assertThat(left).contains(falls.against(f));
                }
                left.remove((Integer) fallen);
            }
            assertThat(left).isEmpty();
        }
    }

    @Test
    void lazyAndEagerAgreeInOrderAndInReasons() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int dimensions = random.nextInt(12);
            Candidates candidates =
                    RandomPools.candidates(random, 2 + random.nextInt(60), dimensions, 5);
            RankerHead head = RandomPools.head(random, dimensions);

            List<Integer> eager = RandomPools.order(pool, candidates, head, new OneByOne(), 1);
            List<Integer> reasons = against(pool);
            LazyOneByOne policy = new LazyOneByOne();
            List<Integer> lazy = RandomPools.order(pool, candidates, head, policy, 1);

            assertThat(lazy).as("seed %d", seed).isEqualTo(eager);
            assertThat(against(pool)).as("seed %d", seed).isEqualTo(reasons);
        }
    }

    @Test
    void lazyLeavesMostAloneWhereThePoolSaysLittle() {
        Random random = new Random(5);
        Candidates candidates = RandomPools.candidates(random, 200, 8, 0);
        RankerHead weak =
                new RankerHead(RankerHead.Policy.ELIMINATION, 0, 0.02f, 0, 1, new float[8]);
        LazyOneByOne lazy = new LazyOneByOne();

        RandomPools.order(pool, candidates, weak, lazy, 1);

        // Scoring all in each of 199 rounds would be 20,000.
        assertThat(lazy.rescored()).isLessThan(5_000);
    }

    private static List<Integer> against(Pool pool) {
        List<Integer> against = new ArrayList<>();
        for (int f = 0; f < pool.falls().size(); f++) {
            against.add(pool.falls().against(f));
        }
        return against;
    }

    @Test
    void withoutContextEveryWayOfRankingIsTheSort() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Candidates candidates = RandomPools.candidates(random, 1 + random.nextInt(50), 6, 3);
            List<Integer> sorted = new PoolTwin(candidates, RankerHead.sort(6)).all();
            sorted.sort((a, b) -> Float.compare(candidates.logit(a), candidates.logit(b)));

            for (Supplier<Eliminator> each : ALL) {
                assertThat(RandomPools.order(pool, candidates, RankerHead.sort(6), each.get(), 1))
                        .as("seed %d", seed)
                        .isEqualTo(sorted);
            }
        }
    }

    @Test
    void ofEqualScoresTheLargerIdFallsFirstWhateverTheListing() {
        for (int n : new int[] {5, 40, 90}) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                ids.add("i" + (100 + i));
            }
            List<String> falling = new ArrayList<>(ids);
            Collections.reverse(falling);
            Collections.shuffle(ids, new Random(n));
            Candidates candidates = new Candidates();
            candidates.reset(n, 0);
            for (int i = 0; i < n; i++) {
                candidates.name(i, ids.get(i));
                candidates.score(i, i % 2 == 0 ? 0.0 : -0.0, 0.5);
            }

            for (Supplier<Eliminator> each : ALL) {
                List<Integer> order =
                        RandomPools.order(pool, candidates, RankerHead.sort(0), each.get(), 1);
                assertThat(order.stream().map(ids::get)).isEqualTo(falling);
            }
        }
    }

    @Test
    void everyCandidateFallsOnceWhateverTheDeadline() {
        Random random = new Random(3);
        Candidates candidates = RandomPools.candidates(random, 70, 4, 3);
        RankerHead head = RandomPools.head(random, 4);
        for (Supplier<Eliminator> each : ALL) {
            for (int rounds = 0; rounds < 75; rounds += 3) {
                int[] asked = {0};
                int allowed = rounds;
                begin(candidates, head);
                each.get().run(pool, 1, Deadline.at(() -> asked[0]++ < allowed ? -1 : 0, 0));
                pool.settle(pool.nextRound());

                assertThat(new HashSet<>(RandomPools.order(pool))).hasSize(70);
                assertThat(pool.falls().size()).isEqualTo(70);
            }
        }
    }

    @Test
    void sumsStayThoseOfTheSurvivors() {
        // Before the first fall, between foldings, and with a few left.
        for (int left : new int[] {1500, 1100, 1024, 700, 513, 400, 256, 100, 3}) {
            Random random = new Random(left);
            Candidates candidates = RandomPools.candidates(random, 1500, 5, 3);
            RankerHead head = RandomPools.head(random, 5);
            begin(candidates, head);
            pool.score();
            for (int round = 1; pool.size() > left; round++) {
                pool.dropLowest(Math.min(1 + random.nextInt(300), pool.size() - left), round);
            }

            assertSums(candidates, head);
        }
    }

    private void assertSums(Candidates candidates, RankerHead head) {
        double total = 0;
        double[] sum = new double[5];
        double[] mean = new double[5];
        for (int i = 0; i < pool.size(); i++) {
            double weight =
                    Math.exp((candidates.logit(pool.member(i)) - hottest(candidates)) / head.tau());
            total += weight;
            float[] x = candidates.vectors();
            int at = candidates.vectorAt(pool.member(i));
            double length = 0;
            for (int d = 0; d < 5; d++) {
                length += x[at + d] * x[at + d];
            }
            for (int d = 0; d < 5 && length > 0; d++) {
                sum[d] += x[at + d] / Math.sqrt(length);
                mean[d] += weight * x[at + d] / Math.sqrt(length);
            }
        }
        // Floats added up one by one, and what the fallen leave behind.
        double rounding = 1e-4 + 1e-5 * total;
        assertThat(pool.totalWeight()).isCloseTo(total, within(rounding));
        for (int d = 0; d < 5; d++) {
            assertThat(pool.sum(d)).isCloseTo(sum[d], within(1e-4));
            assertThat(pool.mean(d)).isCloseTo(mean[d], within(rounding));
        }
    }

    private static double hottest(Candidates candidates) {
        double hottest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            hottest = Math.max(hottest, candidates.logit(i));
        }
        return hottest;
    }

    private void begin(Candidates candidates, RankerHead head) {
        pool.begin(candidates, head);
        for (int i = 0; i < candidates.size(); i++) {
            pool.add(i, 0);
        }
    }

    @Test
    void stoppingEarlyKeepsTheSameFirstOnes() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Candidates candidates = RandomPools.candidates(random, 50, 6, 4);
            RankerHead head = RandomPools.head(random, 6);
            for (Supplier<Eliminator> each : ALL) {
                List<Integer> whole = RandomPools.order(pool, candidates, head, each.get(), 1);
                List<Integer> early = RandomPools.order(pool, candidates, head, each.get(), 10);

                assertThat(new HashSet<>(early.subList(40, 50)))
                        .isEqualTo(new HashSet<>(whole.subList(40, 50)));
                assertThat(early.subList(0, 40)).isEqualTo(whole.subList(0, 40));
            }
        }
    }

    @Test
    void theContextIsBoundedAndAConstantOnAllScoresChangesNothing() {
        Random random = new Random(4);
        Candidates candidates = RandomPools.candidates(random, 40, 6, 0);
        RankerHead strong =
                new RankerHead(
                        RankerHead.Policy.ELIMINATION,
                        1000,
                        0.5f,
                        0,
                        1,
                        RankerHead.sort(6).gains());
        RandomPools.order(pool, candidates, strong, new OneByOne(), 1);
        for (int f = 0; f < pool.falls().size(); f++) {
            assertThat(Math.abs(pool.falls().relevance(f))).isLessThanOrEqualTo(RankerHead.REACH);
        }
        for (int i = 0; i < 40; i++) {
            // A power of two, so that no bit of a score is lost.
            candidates.score(i, Math.round(candidates.logit(i) * 256) / 256.0, 0.5);
        }
        List<Integer> order = RandomPools.order(pool, candidates, strong, new OneByOne(), 1);
        for (int i = 0; i < 40; i++) {
            candidates.score(i, candidates.logit(i) + 4, 0.5);
        }

        assertThat(RandomPools.order(pool, candidates, strong, new OneByOne(), 1)).isEqualTo(order);
    }

    @Test
    void fixedMembersCountForTheOthersAndNeverFall() {
        Candidates candidates = new Candidates();
        candidates.reset(3, 2);
        for (int i = 0; i < 3; i++) {
            candidates.name(i, "i" + i);
            candidates.score(i, i == 1 ? 0.1 : 0, 0.5);
            candidates.vectors()[candidates.vectorAt(i) + (i == 2 ? 1 : 0)] = 1;
        }
        RankerHead crowding =
                new RankerHead(RankerHead.Policy.ELIMINATION, 0, 1, 0, 1, new float[] {1, 1});

        pool.begin(candidates, crowding);
        pool.addFixed(0, true);
        pool.add(1, 0);
        pool.add(2, 0);
        new OneByOne().run(pool, 1, Deadline.none());
        pool.settle(pool.nextRound());

        // Item 1 scores higher but is the pinned one's twin.
        assertThat(RandomPools.order(pool)).containsExactly(1, 2);
    }

    @Test
    void quotasHoldInTheWindowWheneverTheyCan() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int n = 12 + random.nextInt(40);
            Candidates candidates = RandomPools.candidates(random, n, 3, 3);
            RankerHead head = RandomPools.head(random, 3);
            int window = 1 + random.nextInt(9);
            int[] available = new int[4];
            for (int i = 0; i < n; i++) {
                available[(int) candidates.group(i)]++;
            }
            int least = Math.min(available[1], random.nextInt(window + 1));
            int most = random.nextInt(window + 1);
            for (Supplier<Eliminator> each : ALL) {
                begin(candidates, head);
                pool.quotas().window(window);
                pool.quotas().declare(1, least, window);
                pool.quotas().declare(2, 0, most);
                each.get().run(pool, 1, Deadline.none());
                pool.settle(pool.nextRound());
                List<Integer> order = RandomPools.order(pool);
                int[] shown = new int[4];
                order.subList(n - window, n).forEach(i -> shown[(int) candidates.group(i)]++);

                assertThat(new HashSet<>(order)).hasSize(n);
                assertThat(shown[1]).as("seed %d", seed).isGreaterThanOrEqualTo(least);
                if (available[1] + available[3] + most >= window) {
                    assertThat(shown[2]).as("seed %d", seed).isLessThanOrEqualTo(most);
                }
            }
        }
    }
}
