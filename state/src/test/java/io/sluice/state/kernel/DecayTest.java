package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayTest {

    private static final long DAY = 86_400_000;

    @Test
    void equalsThePowerOfTwo() {
        long seed = Long.getLong("sluice.seed", 1);
        Random random = new Random(seed);

        for (int i = 0; i < 200_000; i++) {
            double halfLife = Math.exp(random.nextDouble() * 25);
            long elapsed = (long) (random.nextDouble() * 900 * halfLife);
            double expected = StrictMath.pow(2, -elapsed / halfLife);

            double relative = Decay.factor(elapsed, halfLife) / expected - 1;

            assertThat(relative)
                    .as("seed %d: %d of half-life %s", seed, elapsed, halfLife)
                    // The polynomial's error, and that of a quotient of some hundreds.
                    .isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void staysWithinZeroAndOneAndNeverGrowsByMoreThanItsError() {
        double before = 1;

        for (long elapsed = 0; elapsed < 2_000_000; elapsed++) {
            double factor = Decay.factor(elapsed, 1_900);
            assertThat(factor >= 0 && factor <= before * (1 + 1e-12)).as("%d", elapsed).isTrue();
            before = factor;
        }
    }

    @Test
    void wholeHalfLivesAreExact() {
        for (int halves = 0; halves <= 1000; halves++) {
            assertThat(Decay.factor(halves * DAY, DAY)).isEqualTo(StrictMath.pow(2, -halves));
        }
    }

    @Test
    void nothingDecaysInNoTimeOrBackwards() {
        for (double halfLife : new double[] {Double.MIN_VALUE, 1, DAY, Double.MAX_VALUE}) {
            assertThat(Decay.factor(0, halfLife)).isEqualTo(1);
            assertThat(Decay.factor(-1, halfLife)).isEqualTo(1);
            assertThat(Decay.factor(Long.MIN_VALUE, halfLife)).isEqualTo(1);
        }
    }

    @Test
    void anInfiniteHalfLifeForgetsNothing() {
        assertThat(Decay.factor(Long.MAX_VALUE, Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void nothingIsLeftBehindAThousandHalfLives() {
        assertThat(Decay.factor(1001 * DAY, DAY)).isZero();
        assertThat(Decay.factor(Long.MAX_VALUE, 1)).isZero();
        assertThat(Decay.factor(1, Double.MIN_VALUE)).isZero();
    }
}
