package io.sluice.state.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolicyLogTest {

    private static final double[][] APPEAL = {{0.7, 0.5, 0.3, 0.2, 0.1}, {0.1, 0.3, 0.2, 0.6, 0.4}};
    private static final double[] LOOKS = {1, 0.7, 0.5};
    private static final int[][] LOGGED = {{2, 0, 1, 4, 3}, {0, 3, 1, 2, 4}};
    private static final int[][] TARGET = {{0, 1, 2, 3, 4}, {3, 4, 1, 2, 0}};
    private static final double EPSILON = 0.4;
    private static final int ITEMS = 5;

    @Test
    void figuresOfAHandComputedLogAreExact() {
        PolicyLog log = new PolicyLog(2, Double.POSITIVE_INFINITY);

        log.add(new double[] {1, 0}, new double[] {0.5, 0.25}, one(0.25, 1), one(0.2, 0.1), 0.6);
        log.add(new double[] {0, 1}, new double[] {0.5, 0.5}, one(0.5, 0.25), one(0.4, 0.3), 0.5);
        PolicyEstimates estimates = log.estimates();

        // Weights 0.5, 4 and 1, 0.5.
        assertThat(estimates.logged().estimate()).isEqualTo(1);
        assertThat(estimates.ips().estimate()).isEqualTo((0.5 + 0.5) / 2);
        assertThat(estimates.selfNormalised().estimate())
                .isCloseTo(0.5 / 1.5 + 0.5 / 4.5, within(1e-12));
        double first = 0.6 + 0.5 * (1 - 0.2) + 4 * (0 - 0.1);
        double second = 0.5 + (0 - 0.4) + 0.5 * (1 - 0.3);
        assertThat(estimates.doublyRobust().estimate())
                .isCloseTo((first + second) / 2, within(1e-12));
        assertThat(estimates.direct().estimate()).isCloseTo(0.55, within(1e-12));
        assertThat(estimates.meanWeight().estimate()).isCloseTo(6.0 / 4, within(1e-12));
        assertThat(estimates.effectiveSlots()).isCloseTo(36 / 17.5, within(1e-12));
        assertThat(estimates.slots()).isEqualTo(4);
        assertThat(estimates.clippedShare()).isZero();
    }

    @Test
    void aPlaceThatFewListsHaveCountsForThoseAlone() {
        PolicyLog log = new PolicyLog(2, Double.POSITIVE_INFINITY);

        log.add(new double[] {1, 1}, one(0.5, 0.5), one(0.5, 1), one(0, 0), 0);
        log.add(new double[] {0}, new double[] {1}, new double[] {1}, new double[] {0}, 0);

        // Half of the lists have a second place, where all the weight saw a positive.
        assertThat(log.estimates().selfNormalised().estimate()).isCloseTo(0.5 + 0.5, within(1e-12));
    }

    @Test
    void clippingTakesItsShareOfTheWeight() {
        PolicyLog log = new PolicyLog(2, 1.5);

        log.add(new double[] {1, 1}, one(0.5, 0.25), one(0.5, 1), one(0, 0), 0);

        assertThat(log.estimates().ips().estimate()).isCloseTo(2.5, within(1e-12));
        assertThat(log.estimates().clippedShare()).isCloseTo(2.5 / 5, within(1e-12));
    }

    @Test
    void aPropensityThatIsMissingOrZeroIsRefused() {
        PolicyLog log = new PolicyLog(1, 10);
        for (double bad : new double[] {0, Double.NaN, -0.1, 1.1}) {
            assertThatThrownBy(() -> log.add(one(0), one(bad), one(1), one(0), 0))
                    .hasMessageContaining("propensity must be within (0, 1], found " + bad);
        }
    }

    @Test
    void estimatesAreUnbiasedAndTheirIntervalsHoldTheTruth() {
        double truth = value(TARGET);
        int logs = 200;
        int[] covered = new int[3];
        double[] sums = new double[3];
        double[] squares = new double[3];
        for (int run = 0; run < logs; run++) {
            PolicyEstimates estimates = simulate(new SplittableRandom(run), 600, 0.3).estimates();

            List<Interval> all =
                    List.of(estimates.ips(), estimates.selfNormalised(), estimates.doublyRobust());
            for (int e = 0; e < all.size(); e++) {
                double estimate = all.get(e).estimate();
                sums[e] += estimate;
                squares[e] += estimate * estimate;
                covered[e] += all.get(e).low() <= truth && truth <= all.get(e).high() ? 1 : 0;
            }
        }

        for (int e = 0; e < covered.length; e++) {
            double mean = sums[e] / logs;
            double error = Math.sqrt((squares[e] / logs - mean * mean) / logs);
            assertThat(mean).as("estimate %d", e).isCloseTo(truth, within(4 * error));
            // 95 % nominally, less some for 60 blocks; 3 errors of a share among 200 are 0.046.
            assertThat(covered[e] / (double) logs).as("estimate %d", e).isBetween(0.88, 0.99);
        }
    }

    @Test
    void differencesToTheLogArePairedAndHoldTheTruth() {
        PolicyEstimates estimates = simulate(new SplittableRandom(5), 20_000, 0.3).estimates();
        double logged = (1 - EPSILON) * value(LOGGED) + EPSILON * uniform();
        double gain = value(TARGET) - logged;

        for (Interval interval :
                List.of(
                        estimates.ipsGain(),
                        estimates.selfNormalisedGain(),
                        estimates.doublyRobustGain())) {
            assertThat(interval.excludesZero()).isTrue();
            assertThat(interval.estimate()).isCloseTo(gain, within(2 * interval.halfWidth()));
        }
        assertThat(estimates.meanWeight().low()).isLessThan(1);
        assertThat(estimates.meanWeight().high()).isGreaterThan(1);
        assertThat(estimates.lacksSupport()).isFalse();
    }

    @Test
    void aModelOfOutcomesThatIsRightMakesDoublyRobustNarrower() {
        PolicyEstimates right = simulate(new SplittableRandom(7), 4000, Double.NaN).estimates();

        assertThat(right.doublyRobust().halfWidth()).isLessThan(0.9 * right.ips().halfWidth());
    }

    @Test
    void aLogWithoutWhatThePolicyWouldShowSaysSo() {
        PolicyLog log = new PolicyLog(1, Double.POSITIVE_INFINITY);
        for (int i = 0; i < 500; i++) {
            log.add(one(i % 2), one(1), one(i % 5 == 0 ? 1 : 0), one(0), 0);
        }

        assertThat(log.estimates().lacksSupport()).isTrue();
    }

    /** A log of the simulated policy, judged for the target; NaN: by the true model of outcomes. */
    private static PolicyLog simulate(SplittableRandom random, int lists, double model) {
        PolicyLog log = new PolicyLog(LOOKS.length, Double.POSITIVE_INFINITY);
        for (int n = 0; n < lists; n++) {
            int user = random.nextInt(APPEAL.length);
            int[] shown = LOGGED[user].clone();
            if (random.nextDouble() < EPSILON) {
                shuffle(shown, random);
            }
            double[] outcomes = new double[ITEMS];
            double[] propensities = new double[ITEMS];
            double[] target = new double[ITEMS];
            double[] predicted = new double[ITEMS];
            double direct = 0;
            for (int k = 0; k < ITEMS; k++) {
                int item = shown[k];
                double looks = k < LOOKS.length ? LOOKS[k] : 0;
                double truth = APPEAL[user][item] * looks;
                outcomes[k] = random.nextDouble() < truth ? 1 : 0;
                propensities[k] = (LOGGED[user][k] == item ? 1 - EPSILON : 0) + EPSILON / ITEMS;
                target[k] = TARGET[user][k] == item ? 1 : 0;
                predicted[k] = Double.isNaN(model) ? truth : model;
                direct += Double.isNaN(model) ? APPEAL[user][TARGET[user][k]] * looks : 0;
            }
            direct += Double.isNaN(model) ? 0 : LOOKS.length * model;
            log.add(outcomes, propensities, target, predicted, direct);
        }
        return log;
    }

    private static double value(int[][] orders) {
        double sum = 0;
        for (int user = 0; user < APPEAL.length; user++) {
            for (int k = 0; k < LOOKS.length; k++) {
                sum += LOOKS[k] * APPEAL[user][orders[user][k]] / APPEAL.length;
            }
        }
        return sum;
    }

    private static double uniform() {
        List<Double> all = new ArrayList<>();
        for (double[] user : APPEAL) {
            for (double appeal : user) {
                all.add(appeal);
            }
        }
        double mean = all.stream().mapToDouble(a -> a).average().orElseThrow();
        return mean * (LOOKS[0] + LOOKS[1] + LOOKS[2]);
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[other];
            values[other] = swapped;
        }
    }

    private static double[] one(double... values) {
        return values;
    }
}
