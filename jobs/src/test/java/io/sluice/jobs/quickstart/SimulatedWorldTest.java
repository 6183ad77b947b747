package io.sluice.jobs.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulatedWorldTest {

    private static final long SEED = 5;

    private final SimulatedWorld world = new SimulatedWorld(WorldSize.DEFAULT, SEED);

    @Test
    void equalSeedsGiveEqualWorldsAndOthersDiffer() {
        SimulatedWorld same = new SimulatedWorld(WorldSize.DEFAULT, SEED);
        SimulatedWorld other = new SimulatedWorld(WorldSize.DEFAULT, SEED + 1);

        assertThat(describe(same)).isEqualTo(describe(world));
        assertThat(describe(other)).isNotEqualTo(describe(world));
    }

    private static String describe(SimulatedWorld world) {
        StringBuilder text = new StringBuilder();
        for (long n = 0; n < 50; n++) {
            Visit visit = world.visit(n);
            int item = visit.candidates().get(0);
            text.append(visit).append(world.segment(visit)).append(world.category(item));
            for (Phase phase : Phase.values()) {
                text.append(world.appeal(phase, visit, item));
                text.append(world.clicks(phase, visit, visit.candidates(), 0));
            }
        }
        return text.toString();
    }

    @Test
    void aVisitOffersDifferentItemsAndAsManyAsAgreed() {
        for (long n = 0; n < 1000; n++) {
            List<Integer> candidates = world.visit(n).candidates();

            assertThat(new HashSet<>(candidates)).hasSize(WorldSize.DEFAULT.candidates());
            assertThat(candidates).allMatch(item -> item >= 0 && item < WorldSize.DEFAULT.items());
        }
    }

    @Test
    void whatAnOrderIsWorthIsTheMeanOfManySampledClicks() {
        int visits = 20_000;
        double expected = 0;
        double sampled = 0;
        for (long n = 0; n < visits; n++) {
            Visit visit = world.visit(n);
            expected += world.expectedClicks(Phase.BEFORE_DRIFT, visit, visit.candidates());
            for (int position = 0; position < WorldSize.DEFAULT.shown(); position++) {
                boolean click =
                        world.clicks(Phase.BEFORE_DRIFT, visit, visit.candidates(), position);
                sampled += click ? 1 : 0;
            }
        }

        // Clicks are independent given the visit, so their sum's variance is below its mean; four
        // standard deviations.
        assertThat(sampled).isCloseTo(expected, within(4 * Math.sqrt(expected)));
        assertThat(expected / visits).isBetween(0.3, 3.0);
    }

    @Test
    void noOrderIsWorthMoreThanTheOracles() {
        Arm oracle = new OracleArm(world);
        PopularityArm popularity = new PopularityArm(WorldSize.DEFAULT.items());
        List<Arm> others = List.of(new RandomArm(SEED), popularity, (p, v) -> v.candidates());
        for (long n = 0; n < 2000; n++) {
            Visit visit = world.visit(n);
            Phase phase = n < 1000 ? Phase.BEFORE_DRIFT : Phase.AFTER_DRIFT;
            popularity.learn(visit, visit.candidates().get((int) (n % 3)));
            double best = world.expectedClicks(phase, visit, oracle.order(phase, visit));
            for (Arm arm : others) {
                List<Integer> order = arm.order(phase, visit);

                assertThat(order).containsExactlyInAnyOrderElementsOf(visit.candidates());
                assertThat(world.expectedClicks(phase, visit, order))
                        .isLessThanOrEqualTo(1.05 * best); // the oracle is greedy
            }
        }
    }

    @Test
    void theGreedyOracleIsWithinAHundredthOfTheBestOfAllOrders() {
        WorldSize small = new WorldSize(10, 60, 6, 6);
        SimulatedWorld tiny = new SimulatedWorld(small, SEED);
        Arm oracle = new OracleArm(tiny);
        double found = 0;
        double best = 0;
        for (long n = 0; n < 60; n++) {
            Visit visit = tiny.visit(n);
            Phase phase = Phase.BEFORE_DRIFT;
            found += tiny.expectedClicks(phase, visit, oracle.order(phase, visit));
            best += bestOf(tiny, visit, new ArrayList<>(visit.candidates()), 0);
        }

        assertThat(found).isBetween(0.99 * best, best + 1e-9);
    }

    private static double bestOf(
            SimulatedWorld world, Visit visit, List<Integer> order, int fixed) {
        if (fixed == order.size()) {
            return world.expectedClicks(Phase.BEFORE_DRIFT, visit, order);
        }
        double best = 0;
        for (int i = fixed; i < order.size(); i++) {
            Collections.swap(order, fixed, i);
            best = Math.max(best, bestOf(world, visit, order, fixed + 1));
            Collections.swap(order, fixed, i);
        }
        return best;
    }

    @Test
    void halfOfWhatThereIsToChooseFromIsAlike() {
        for (long n = 0; n < 200; n++) {
            Map<String, Long> categories =
                    world.visit(n).candidates().stream()
                            .collect(Collectors.groupingBy(world::category, Collectors.counting()));

            assertThat(Collections.max(categories.values()))
                    .isGreaterThanOrEqualTo(WorldSize.DEFAULT.candidates() / 2);
        }
    }

    @Test
    void theDriftMakesYesterdaysBestOrderMuchWorse() {
        Arm oracle = new OracleArm(world);

        double stale = meanAfterDrift(visit -> oracle.order(Phase.BEFORE_DRIFT, visit));
        double best = meanAfterDrift(visit -> oracle.order(Phase.AFTER_DRIFT, visit));

        assertThat(stale).isLessThan(0.75 * best);
    }

    private double meanAfterDrift(Function<Visit, List<Integer>> order) {
        return LongStream.range(0, 2000)
                .mapToObj(world::visit)
                .mapToDouble(v -> world.expectedClicks(Phase.AFTER_DRIFT, v, order.apply(v)))
                .average()
                .orElseThrow();
    }

    @Test
    void aBetterPlaceNeverCostsAClick() {
        for (long n = 0; n < 2000; n++) {
            Visit visit = world.visit(n);
            for (int position = 1; position < WorldSize.DEFAULT.shown(); position++) {
                List<Integer> order = new ArrayList<>(visit.candidates());
                if (world.clicks(Phase.AFTER_DRIFT, visit, order, position)) {
                    Collections.swap(order, position, position - 1);
                    assertThat(world.clicks(Phase.AFTER_DRIFT, visit, order, position - 1))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void popularityPutsTheItemFirstThatWasClickedMostOfLate() {
        PopularityArm popularity = new PopularityArm(WorldSize.DEFAULT.items());
        Visit early = new Visit(0, 0, 0, List.of(1, 2, 3));
        Visit late = new Visit(3000, 0, 0, List.of(1, 2, 3));
        for (int click = 0; click < 3; click++) {
            popularity.learn(early, 2);
        }

        assertThat(popularity.order(Phase.BEFORE_DRIFT, early)).containsExactly(2, 1, 3);
        popularity.learn(late, 3);
        // Two half-lives later three old clicks are worth 0.75 of a new one.
        assertThat(popularity.order(Phase.AFTER_DRIFT, late)).containsExactly(3, 2, 1);
    }

    @Test
    void positionBiasHalvesAttentionByTheThirdPlace() {
        assertThat(PositionBias.examination(0)).isEqualTo(1);
        assertThat(PositionBias.examination(2)).isCloseTo(0.5, within(1e-12));
        assertThat(PositionBias.fresh(0)).isCloseTo(0.3, within(1e-12));
        assertThat(PositionBias.fresh(2)).isCloseTo(0.65, within(1e-12));
    }
}
