package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankerLearnerTest {

    @Test
    void theGateOpensForWhatIsBetterAndClosesWhenItHarms() {
        RankerGate gate = new RankerGate();
        Random random = new Random(1);
        feed(gate, random, 1500, 0.02);
        assertThat(gate.inForce()).isEqualTo(RankerHead.Policy.ELIMINATION);

        feed(gate, random, 5000, -0.02);
        assertThat(gate.inForce()).isEqualTo(RankerHead.Policy.SORT);
        assertThat(gate.changes()).isLessThanOrEqualTo(4);
    }

    @Test
    void aConstantDifferenceOfAnySizeDoesNotMakeItFlip() {
        for (double gain : new double[] {-0.01, -0.003, -0.001, 0, 0.001, 0.003, 0.01}) {
            RankerGate gate = new RankerGate();
            feed(gate, new Random(3), 40_000, gain);

            assertThat(gate.changes()).as("gain %s", gain).isLessThanOrEqualTo(8);
        }
    }

    private static void feed(RankerGate gate, Random random, int slates, double gain) {
        for (int i = 0; i < slates; i++) {
            double sort = random.nextDouble();
            double better = sort + gain + 0.1 * random.nextGaussian();
            double middle = sort + gain / 2 + 0.1 * random.nextGaussian();
            gate.observe(new double[] {sort, middle, better}, new double[] {sort, middle, better});
        }
    }

    @Test
    void redundantPoolsMakeItEliminateAndARestoreChangesNothing() throws IOException {
        RankerLearner whole = new RankerLearner(Elimination.DEFAULT, 2, 5);
        RankerLearner first = new RankerLearner(Elimination.DEFAULT, 2, 5);
        RankerLearner second = new RankerLearner(Elimination.DEFAULT, 2, 5);
        for (int seed = 0; seed < 900; seed++) {
            whole.observe(HeadTrainerTest.redundant(new Random(seed)));
            if (seed == 400) {
                second.read(new DataInputStream(new ByteArrayInputStream(bytes(first))));
            }
            (seed < 400 ? first : second).observe(HeadTrainerTest.redundant(new Random(seed)));
        }

        assertThat(bytes(second)).isEqualTo(bytes(whole));
        assertThat(whole.head().policy()).isNotEqualTo(RankerHead.Policy.SORT);
        assertThat(whole.head().mu()).isPositive();
        assertThat(whole.slates()).isEqualTo(900);
    }

    private static byte[] bytes(RankerLearner learner) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        learner.write(new DataOutputStream(out));
        return out.toByteArray();
    }
}
