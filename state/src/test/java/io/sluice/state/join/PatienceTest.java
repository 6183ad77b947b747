package io.sluice.state.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {

    private static final long WINDOW_MS = 600_000;
    private static final int REQUESTS = 40_000;

    /** P(wait ≤ x · window) = x^(m / (1 − m)), whose mean is m. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void waitsAreSpreadOverTheWindowWithTheAskedMean(double share) {
        Patience patience = new Patience(WINDOW_MS, share);
        double sum = 0;
        int[] below = new int[10];
        for (int i = 0; i < REQUESTS; i++) {
            long wait = patience.of("request-" + i);
            assertThat(wait).isBetween(0L, WINDOW_MS);
            sum += (double) wait / WINDOW_MS / REQUESTS;
            for (int tenth = 1; tenth < 10; tenth++) {
                below[tenth] += wait <= tenth * WINDOW_MS / 10 ? 1 : 0;
            }
        }

        assertThat(sum).isCloseTo(share, within(0.01));
        for (int tenth = 1; tenth < 10; tenth++) {
            assertThat((double) below[tenth] / REQUESTS)
                    .isCloseTo(Math.pow(tenth / 10.0, share / (1 - share)), within(0.01));
        }
    }

    @Test
    void nobodyWaitsOrAllWaitForTheWholeWindow() {
        for (int i = 0; i < 100; i++) {
            assertThat(Patience.NONE.of("r" + i)).isZero();
            assertThat(new Patience(WINDOW_MS, 0).of("r" + i)).isZero();
            assertThat(new Patience(WINDOW_MS, 1).of("r" + i)).isEqualTo(WINDOW_MS);
            assertThat(Patience.ENDLESS.end("r" + i, 5, WINDOW_MS)).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void nothingIsAssumedOfWhatIsKnownByThen() {
        Patience patience = new Patience(WINDOW_MS, 0.5);
        long wait = patience.of("r");

        assertThat(patience.end("r", 1_000, wait + 1)).isEqualTo(1_000 + wait);
        assertThat(patience.end("r", 1_000, wait)).isEqualTo(Long.MAX_VALUE);
    }

    /** A restored run must go on as the one before it would have. */
    @Test
    void aRequestWaitsForTheSameTimeInEveryVersion() {
        assertThat(new Patience(WINDOW_MS, 0.25).of("r")).isEqualTo(187_735);
        assertThat(new Patience(WINDOW_MS, 0.5).of("r")).isEqualTo(407_332);
    }

    @Test
    void refusesSharesThatAreNone() {
        assertThatThrownBy(() -> new Patience(1, 1.5)).hasMessageContaining("share");
        assertThatThrownBy(() -> new Patience(-1, 0)).hasMessageContaining("windowMs");
    }
}
