package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.InvalidValueException;
import io.sluice.state.feature.FeatureVector;
import io.sluice.state.kernel.Activations;
import io.sluice.state.mask.DensityAllocation;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.mask.SparsityMethod;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.tower.SparseTower;
import io.sluice.state.tower.TowerConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The machine with masks, a tower, and weights of examples and gradients. */
class SparseMachineTest {

    private static final int K = 4;
    private static final int FIELDS = 3;
    private static final ModelConfig PLAIN =
            new ModelConfig(K, 0.1, 0.1, 0.05, 0.1, 1, 0.3, 0.001, 0, 1, 1);
    private static final TowerConfig TOWER =
            new TowerConfig(16, 2, 0.5, DensityAllocation.UNIFORM, 0.1);

    @Test
    void withDensityOneNothingChangesBitForBit() {
        FactorizationMachine plain = machine(PLAIN);
        FactorizationMachine masked = machine(PLAIN.with(sparsity(SparsityMethod.RIGL, 1)));
        FactorizationMachine allActive =
                machine(PLAIN.with(sparsity(SparsityMethod.STATIC, Math.nextDown(1.0))));
        FactorizationMachine focused =
                machine(PLAIN.with(new FocusConfig(0.999, 0, 255, 0.001, 0)));
        Random random = new Random(1);

        for (int i = 0; i < 2_000; i++) {
            FeatureVector x = vector(random);
            int label = random.nextInt(2);
            double expected = plain.learn(x, label, 0);
            assertThat(masked.learn(x, label, 0)).isEqualTo(expected);
            assertThat(allActive.learn(x, label, 0)).isEqualTo(expected);
            assertThat(focused.learn(x, label, 0)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void learnReturnsWhatLogitGaveBefore(SparsityMethod method) {
        FactorizationMachine machine = machine(PLAIN.with(sparsity(method, 0.5)).with(TOWER));
        Random random = new Random(2);

        for (int i = 0; i < 2_000; i++) {
            FeatureVector x = vector(random);
            double logit = machine.logit(x);
            assertThat(machine.learn(x, random.nextInt(2), 0)).isEqualTo(logit);
            assertThat(logit).isFinite();
        }
    }

    @Test
    void theEmbeddingsGradientIsThatOfMachineAndTowerTogether() throws IOException {
        // With sums of 100 and a rate of 1, one AdaGrad step is nearly a tenth of the gradient.
        ModelConfig config =
                new ModelConfig(K, 1, 1, 0.05, 100, 1, 0.5, 0, 0, 1, 1)
                        .with(new TowerConfig(16, 2, 1, DensityAllocation.UNIFORM, 0.5));
        FactorizationMachine machine = machine(config);
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            FeatureVector x = vector(random);
            machine.learn(x, (int) x.key(0) % 2, 0);
        }
        FeatureVector x = vector(random);
        Map<Long, float[]> before = rows(machine);
        SparseTower tower = copy(machine.tower());
        float bias = machine.bias();
        assertThat(logit(bias, before, tower, x)).isEqualTo(machine.logit(x));

        machine.learn(x, 1, 0);

        Map<Long, float[]> after = rows(machine);
        float h = 0.01f;
        double ofTower = 0;
        for (int i = 0; i < x.size(); i++) {
            for (int d = 1; d <= K; d++) {
                float[] row = before.get(x.key(i));
                float old = row[d];
                row[d] = old + h;
                double up = Activations.logLoss(p(bias, before, tower, x), 1);
                double upPlain = Activations.logLoss(p(bias, before, null, x), 1);
                row[d] = old - h;
                double down = Activations.logLoss(p(bias, before, tower, x), 1);
                double downPlain = Activations.logLoss(p(bias, before, null, x), 1);
                row[d] = old;
                double gradient = (up - down) / (2 * h);
                double step = after.get(x.key(i))[d] - old;
                // A kink of the rectifier within h moves the difference, but not by much.
                assertThat(-10 * step)
                        .as("feature %d, dimension %d", i, d)
                        .isCloseTo(gradient, within(0.03 * Math.abs(gradient) + 2e-3));
                ofTower = Math.max(ofTower, Math.abs(gradient - (upPlain - downPlain) / (2 * h)));
            }
        }
        assertThat(ofTower).isGreaterThan(0.02);
    }

    @ParameterizedTest
    @EnumSource(names = {"STATIC", "DSL"})
    void theMeanOfSquaresIsOverActiveValuesAndUnderDslOverAll(SparsityMethod method) {
        // With a decay of nearly 0 the sum is the mean square of this step alone.
        ModelConfig config = new ModelConfig(K, 0.1, 0.1, 0.05, 1, 1e-9, 0.5, 0, 0, 1, 1);
        FactorizationMachine machine = machine(config.with(sparsity(method, 0.5)));
        FeatureVector x = new FeatureVector();
        x.add(1, 1, 1);
        x.add(11, 1, 2);
        x.add(12, 1, 2);
        machine.learn(x, 0, 0);
        Map<Long, float[]> before = rows(machine);
        double g = Activations.sigmoid(machine.logit(x)) - 1;

        machine.learn(x, 1, 0);

        Map<Long, float[]> after = rows(machine);
        int inactive = 0;
        for (long key : before.keySet()) {
            float[] row = before.get(key);
            double[] gradient = new double[K + 1];
            double squares = 0;
            int counted = 0;
            for (int d = 1; d <= K; d++) {
                gradient[d] = -g * row[d];
                for (float[] other : before.values()) {
                    gradient[d] += g * other[d];
                }
                boolean counts = row[d] != 0 || method == SparsityMethod.DSL;
                squares += counts ? gradient[d] * gradient[d] : 0;
                counted += counts ? 1 : 0;
                inactive += row[d] == 0 ? 1 : 0;
            }
            for (int d = 1; d <= K; d++) {
                double step = 0.1 * gradient[d] / Math.sqrt(squares / counted + 1e-9);
                double expected = row[d] == 0 ? 0 : row[d] - step;
                assertThat((double) after.get(key)[d]).isCloseTo(expected, within(1e-5));
            }
        }
        assertThat(inactive).isBetween(3, 9);
    }

    @Test
    void aWeightOfZeroLeavesTheMachineAsItIs() {
        FactorizationMachine machine = machine(PLAIN.with(new FocusConfig(1, 0, 1, 0.5, 0)));
        FeatureVector x = vector(new Random(1));
        machine.learn(x, 1, 0);
        machine.learn(x, 1, 0);
        double learned = machine.logit(x);
        assertThat(rows(machine)).isNotEmpty();

        machine.learn(x, 1, 0);

        assertThat(machine.logit(x)).isEqualTo(learned);
        assertThat(rows(machine)).isEmpty();
    }

    @Test
    void theBudgetHoldsTowerAndStreaksToo() {
        MemoryBudget budget = new MemoryBudget(1 << 18);
        ModelConfig config =
                PLAIN.within(budget, StoreConfig.DEFAULT)
                        .with(TOWER)
                        .with(new FocusConfig(1, 0, 5, 0.1, 0));
        FactorizationMachine machine = machine(config);
        Random random = new Random(5);

        for (int i = 0; i < 20_000; i++) {
            FeatureVector x = new FeatureVector();
            x.add(1 + random.nextInt(1_000_000), 1, 1);
            x.add(-1 - random.nextInt(1_000_000), 1, 2);
            machine.learn(x, random.nextInt(2), 0);
            assertThat(machine.bytes()).isLessThanOrEqualTo(budget.bytes());
        }
        assertThat(machine.bytes())
                .isGreaterThan(FactorizationMachine.bytesBesideRows(config, FIELDS) + 100_000);
    }

    @Test
    void refusesMasksUnderABudgetAndABudgetSmallerThanTheTower() {
        ModelConfig limited = PLAIN.within(new MemoryBudget(1 << 16), StoreConfig.DEFAULT);

        assertThatThrownBy(() -> machine(limited.with(sparsity(SparsityMethod.SET, 0.5))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("model.sparsity.density must be 1 where model.memory");
        TowerConfig large = new TowerConfig(64, 2, 1, DensityAllocation.UNIFORM, 0.1);
        assertThatThrownBy(() -> machine(limited.with(large)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("model.memory must be within");
    }

    private static SparsityConfig sparsity(SparsityMethod method, double density) {
        return new SparsityConfig(method, density, 64, 16, 0.5, 0.1, 1000);
    }

    private static FactorizationMachine machine(ModelConfig config) {
        return new FactorizationMachine(config, FIELDS);
    }

    /** The served part of every row that changed since the last call. */
    private static Map<Long, float[]> rows(FactorizationMachine machine) {
        Map<Long, float[]> rows = new TreeMap<>();
        machine.drainChangedRows(new RowsByKey(rows));
        return rows;
    }

    private static SparseTower copy(SparseTower tower) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tower.writeServed(new DataOutputStream(bytes));
        return SparseTower.served(
                FIELDS * K, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static double p(
            float bias, Map<Long, float[]> rows, SparseTower tower, FeatureVector x) {
        return Activations.sigmoid(logit(bias, rows, tower, x));
    }

    private static double logit(
            float bias, Map<Long, float[]> rows, SparseTower tower, FeatureVector x) {
        FactorizationKernel kernel = new FactorizationKernel(K);
        kernel.reset(bias);
        TowerTerm term = tower == null ? null : new TowerTerm(tower, FIELDS, K);
        for (int i = 0; i < x.size(); i++) {
            float[] row = rows.get(x.key(i));
            kernel.add(row, 0, K, x.value(i));
            if (term != null) {
                term.add(x.field(i), row, 0, K, x.value(i));
            }
        }
        return term == null ? kernel.logit() : kernel.logit() + term.logit();
    }

    private static FeatureVector vector(Random random) {
        FeatureVector x = new FeatureVector();
        x.add(1 + random.nextInt(10), 1, 1);
        x.add(11 + random.nextInt(10), 1, 2);
        x.add(21 + random.nextInt(5), 0.7f, 3);
        x.add(26 + random.nextInt(5), 0.7f, 3);
        return x;
    }
}
