package io.sluice.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FadeTest {

    private static final long HALF = 3_600_000;
    private static final Fade FADE = new Fade(HALF);
    private static final long NOW = 1_700_000_000_000L;

    @Test
    void whatIsAHalfLifeOlderWeighsHalf() {
        long landmark = FADE.halves(NOW);
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            long time = NOW + random.nextInt(1_000_000_000);
            long age = random.nextInt(100_000_000);
            double ratio = FADE.weight(time - age, landmark) / FADE.weight(time, landmark);

            // The polynomial of Decay is good to 1e-12.
            assertThat(ratio).isCloseTo(Math.pow(2, -age / (double) HALF), within(1e-11));
        }
    }

    @Test
    void aLandmarkThatMovesLeavesTheQuotientAsItWasBitForBit() {
        Random random = new Random(2);
        long landmark = FADE.halves(NOW);
        for (int i = 0; i < 1000; i++) {
            long time = NOW + random.nextInt(1_000_000_000);
            float sum = random.nextFloat() * 100;
            long later = random.nextInt(60);

            double before = sum / FADE.weight(time, landmark);
            double after = Fade.moved(sum, later) / FADE.weight(time, landmark + later);

            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void oneLongMoveEqualsSeveralShortOnes() {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            float sum = (random.nextFloat() - 0.5f) * (float) Math.pow(2, random.nextInt(60));
            float stepwise = Fade.moved(Fade.moved(Fade.moved(sum, 61), 1), 40);

            assertThat(Fade.moved(sum, 102)).isEqualTo(stepwise);
        }
    }

    @Test
    void timesFarApartAreNothingOrEverythingButNeverNaN() {
        assertThat(FADE.weight(Long.MAX_VALUE / 4, 0)).isFinite().isPositive();
        assertThat(FADE.weight(-Long.MAX_VALUE / 4, 0)).isFinite();
        assertThat(Fade.moved(5f, Long.MAX_VALUE / 2)).isZero();
    }
}
