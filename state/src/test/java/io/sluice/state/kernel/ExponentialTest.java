package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {

    @Test
    void isTheExponential() {
        for (double x = -700; x < 700; x += 0.37) {
            assertThat(Exponential.of(x) / StrictMath.exp(x))
                    .as("%s", x)
                    .isCloseTo(1, within(1e-12));
        }
        assertThat(Exponential.of(0)).isEqualTo(1);
    }

    @Test
    void endsWhereDoublesDo() {
        assertThat(Exponential.of(-701)).isZero();
        assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.of(1e9)).isEqualTo(Exponential.of(700)).isFinite();
    }
}
