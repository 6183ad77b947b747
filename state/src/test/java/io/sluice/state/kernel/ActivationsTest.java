package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationsTest {

    @Test
    void sigmoidIsSafeAtTheExtremes() {
        assertThat(Activations.sigmoid(0)).isEqualTo(0.5);
        assertThat(Activations.sigmoid(1e9)).isEqualTo(1);
        assertThat(Activations.sigmoid(-1e9)).isZero();
        assertThat(Activations.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
    }

    @Test
    void logitUndoesSigmoid() {
        for (double z = -10; z <= 10; z += 0.37) {
            assertThat(Activations.logit(Activations.sigmoid(z))).isCloseTo(z, within(1e-9));
        }
    }

    @Test
    void oneSurpriseCostsAFiniteAmount() {
        assertThat(Activations.logLoss(0, 1)).isCloseTo(-Math.log(1e-7), within(1e-9));
        assertThat(Activations.logLoss(1, 0)).isCloseTo(-Math.log(1e-7), within(1e-6));
        assertThat(Activations.logLoss(0.25, 1)).isCloseTo(-Math.log(0.25), within(1e-12));
    }
}
