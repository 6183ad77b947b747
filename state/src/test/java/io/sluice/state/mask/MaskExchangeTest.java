package io.sluice.state.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.kernel.Hashing;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskExchangeTest {

    private static final float[] WEIGHTS = {0.5f, -0.1f, 0.3f, -0.4f, 0, 0, 0, 0};
    private static final float[] GRADIENTS = {0, 0.9f, 0, 0, 0.2f, -0.8f, 0.1f, 0};
    private static final String BEFORE = "1111....";

    @Test
    void setDropsTheSmallestWeightsAndGrowsByChance() {
        Tensor tensor = new Tensor();

        // ceil(0.5 * 4) = 2: |-0.1| and |0.3| go; chance takes the largest tickets of 1, 2, 4..7.
        assertThat(tensor.exchange(SparsityMethod.SET, 0.5)).isEqualTo(2);

        assertThat(tensor.mask()).isEqualTo(largestTicketsOf(tensor, 2, 1, 2, 4, 5, 6, 7));
    }

    @Test
    void riglGrowsTheLargestGradients() {
        Tensor tensor = new Tensor();

        // 1 and 2 go; |g| is 0.9 at 1, which comes back, 0.8 at 5, 0.2 at 4.
        assertThat(tensor.exchange(SparsityMethod.RIGL, 0.5)).isEqualTo(2);

        assertThat(tensor.mask()).isEqualTo("11.1.1..");
    }

    @Test
    void dslDropsAllThatEqualTheThreshold() {
        Tensor tensor = new Tensor();
        tensor.weights[3] = 0.3f;

        // ceil(0.3 * 4) = 2: the threshold is 0.3, and both of that size go with the 0.1.
        assertThat(tensor.exchange(SparsityMethod.DSL, 0.3)).isEqualTo(3);

        assertThat(tensor.mask()).isEqualTo("11..11..");
    }

    @Test
    void sparclCountsHalfOfTheGradientToTheWeight() {
        Tensor tensor = new Tensor();
        tensor.random = false;

        // 0.5, 0.1 + 0.45, 0.3, 0.4: one goes, and it is 2; its own ticket brings nobody else back.
        assertThat(tensor.exchange(SparsityMethod.SPARCL, 0.25)).isEqualTo(1);

        assertThat(tensor.mask()).isEqualTo("11.1...1");
    }

    @Test
    void equalWeightsAreToldApartByTheirTickets() {
        Tensor tensor = new Tensor();
        IntStream.range(0, 4).forEach(unit -> tensor.weights[unit] = 1);
        tensor.random = false;

        // Tickets are the places here, so 0 and 1 go; chance takes 6 and 7.
        assertThat(tensor.exchange(SparsityMethod.SET, 0.5)).isEqualTo(2);

        assertThat(tensor.mask()).isEqualTo("..11..11");
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "RIGL", "SPARCL", "DSL"})
    void keepsTheNumberOfActiveUnits(SparsityMethod method) {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(60);
            Tensor tensor = new Tensor(size);
            for (int unit = 0; unit < size; unit++) {
                tensor.active[unit] = random.nextInt(3) == 0;
                tensor.weights[unit] = random.nextInt(4) - 2;
                tensor.gradients[unit] = random.nextInt(3);
            }
            long before = tensor.mask().chars().filter(c -> c == '1').count();
            double share = random.nextDouble();

            int moved = tensor.exchange(method, share);

            assertThat(tensor.mask().chars().filter(c -> c == '1').count()).isEqualTo(before);
            assertThat((double) moved).isBetween(Math.ceil(share * before), (double) before);
        }
    }

    @Test
    void aShareOfNothingMovesNothing() {
        Tensor tensor = new Tensor();

        assertThat(tensor.exchange(SparsityMethod.RIGL, 0)).isZero();
        assertThat(tensor.mask()).isEqualTo(BEFORE);
    }

    private static String largestTicketsOf(Tensor tensor, int count, int... candidates) {
        boolean[] active = {true, false, false, true, false, false, false, false};
        IntStream.of(candidates)
                .boxed()
                .sorted((a, b) -> Integer.compareUnsigned(tensor.ticket(b), tensor.ticket(a)))
                .limit(count)
                .forEach(unit -> active[unit] = true);
        return text(active);
    }

    private static String text(boolean[] active) {
        StringBuilder text = new StringBuilder();
        for (boolean each : active) {
            text.append(each ? '1' : '.');
        }
        return text.toString();
    }

    /** Weights, gradients and a mask that tests can see. */
    private static final class Tensor implements MaskExchange.Units {

        private final boolean[] active;
        private final float[] weights;
        private final float[] gradients;
        private boolean random = true;
        private SparsityMethod method;

        Tensor() {
            this(WEIGHTS.length);
            System.arraycopy(WEIGHTS, 0, weights, 0, weights.length);
            System.arraycopy(GRADIENTS, 0, gradients, 0, gradients.length);
            for (int unit = 0; unit < active.length; unit++) {
                active[unit] = BEFORE.charAt(unit) == '1';
            }
        }

        Tensor(int size) {
            active = new boolean[size];
            weights = new float[size];
            gradients = new float[size];
        }

        int exchange(SparsityMethod by, double share) {
            method = by;
            return MaskExchange.run(this, by, share);
        }

        String mask() {
            return text(active);
        }

        @Override
        public int size() {
            return active.length;
        }

        @Override
        public boolean isActive(int unit) {
            return active[unit];
        }

        @Override
        public float importance(int unit) {
            return method.importance(weights[unit], gradients[unit]);
        }

        @Override
        public float promise(int unit) {
            return method.promise(gradients[unit]);
        }

        @Override
        public int ticket(int unit) {
            return random ? (int) Hashing.number(3, unit) : unit;
        }

        @Override
        public void set(int unit, boolean isActive) {
            active[unit] = isActive;
        }
    }
}
