package io.sluice.state.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
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
    void manyAtOnceAreTheSameBits() {
        Random random = new Random(1);
        double[] x = new double[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = 300 * random.nextGaussian();
        }
        double[] extremes = {
            0, -0.0, -700, -700.0000001, -701, 700, 701, 1e9, -1e300, Double.NEGATIVE_INFINITY
        };
        System.arraycopy(extremes, 0, x, 0, extremes.length);
        double[] out = new double[x.length];

        Exponential.of(x, out, new double[x.length], x.length);

        for (int i = 0; i < x.length; i++) {
            assertThat(out[i]).as("%s", x[i]).isEqualTo(Exponential.of(x[i]));
        }
    }

    @Test
    void endsWhereDoublesDo() {
        assertThat(Exponential.of(-701)).isZero();
        assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.of(1e9)).isEqualTo(Exponential.of(700)).isFinite();
    }
}
