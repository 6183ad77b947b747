package io.sluice.state.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.model.Taken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldAssumptionsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void whatIsHeldComesBackToTheWrittenDigits(int dimensions) {
        HeldAssumptions held = new HeldAssumptions(dimensions);
        for (long key = 1; key <= 500; key++) {
            held.put(key, some(key, dimensions));
        }

        for (long key = 1; key <= 500; key++) {
            HeldAssumptions.Held expected = some(key, dimensions);
            HeldAssumptions.Held back = held.take(key);
            assertThat(back.correction()).isEqualTo(expected.correction());
            assertThat(back.isLeftOut()).isEqualTo(expected.isLeftOut());
            assertThat(back.time()).isEqualTo(expected.time());
            assertThat(back.taken()).isEqualTo(expected.taken());
            assertThat(back.learnt().gradient())
                    .isCloseTo(expected.learnt().gradient(), within(0x1p-23));
            for (int d = 0; d < dimensions; d++) {
                float sum = expected.learnt().sums()[d];
                assertThat(back.learnt().sums()[d]).isCloseTo(sum, within(Math.abs(sum) / 256));
            }
            assertThat(held.take(key)).isNull();
        }
        assertThat(held.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whereNoSumsAreKnownNoneComeBack(int dimensions) {
        HeldAssumptions held = new HeldAssumptions(dimensions);
        held.put(7, some(7, dimensions));
        held.put(
                7, new HeldAssumptions.Held(Correction.RETRACT, new Taken(0.5, null), false, 3, 4));

        assertThat(held.size()).isOne();
        assertThat(held.take(7).learnt().sums()).isNull();
    }

    @Test
    void aSumThatIsNoNumberIsRefused() throws IOException {
        HeldAssumptions held = new HeldAssumptions(2);
        held.put(
                7,
                new HeldAssumptions.Held(
                        Correction.RETRACT,
                        new Taken(0.5, new float[] {1, Float.NaN}),
                        false,
                        3,
                        4));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        held.write(1, new DataOutput[] {new DataOutputStream(bytes)});
        DataInput in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertThatThrownBy(() -> new HeldAssumptions(2).read(true, true, in))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("a sum of an assumption is NaN");
    }

    @Test
    void whatOneArrayCannotHoldIsRefusedWithTheSettingsToChange() {
        assertThat(WaitingTable.larger(1 << 26, 13)).isEqualTo(1 << 27);
        assertThat(WaitingTable.larger(1 << 29, 1)).isEqualTo(1 << 30);

        assertThatThrownBy(() -> WaitingTable.larger(1 << 27, 13))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("67108864 items wait for their labels, 13 ints each")
                .hasMessageContaining("feedback.kinds");
        assertThatThrownBy(() -> WaitingTable.larger(1 << 30, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    private static HeldAssumptions.Held some(long key, int dimensions) {
        Random random = new Random(key);
        float[] sums = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            sums[d] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 5));
        }
        return new HeldAssumptions.Held(
                random.nextBoolean() ? Correction.RETRACT : Correction.WEIGH,
                new Taken(random.nextDouble(), sums),
                random.nextBoolean(),
                random.nextLong(),
                random.nextLong());
    }
}
