package io.sluice.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.feature.FeatureVector;
import io.sluice.state.sparse.MemoryBudget;
import io.sluice.state.sparse.StoreConfig;
import io.sluice.state.sparse.ValueFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetedMachineTest {

    private static final ModelConfig DENSE =
            new ModelConfig(16, 0.1, 0.2, 0.05, 0.1, 0.9999, 0.02, 0.003, 1e-4, 1, 3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 19})
    void withFloat32AndRoomForAllItIsTheUnboundedModelBitForBit(int dimensions) {
        ModelConfig config =
                new ModelConfig(dimensions, 0.1, 0.2, 0.05, 0.1, 1, 0.1, 0.003, 0, 1, 3)
                        .withEvenDimensions(dimensions != 5);
        FactorizationMachine dense = new FactorizationMachine(config);
        StoreConfig store = StoreConfig.DEFAULT.with(ValueFormat.FLOAT32, 0.05, 0);
        FactorizationMachine budgeted =
                new FactorizationMachine(config.within(new MemoryBudget(16 << 20), store), 3);
        Random random = new Random(dimensions);

        for (int n = 0; n < 30_000; n++) {
            FeatureVector x = vector(random, 3000);
            float label = random.nextInt(2);
            assertThat(budgeted.learn(x, label, 0.3)).isEqualTo(dense.learn(x, label, 0.3));
        }

        assertThat(budgeted.rows()).isEqualTo(dense.rows());
        assertThat(budgeted.bias()).isEqualTo(dense.bias());
        assertThat(rows(budgeted)).isEqualTo(rows(dense));
        for (int n = 0; n < 1000; n++) {
            FeatureVector x = vector(random, 4000);
            assertThat(budgeted.logit(x)).isEqualTo(dense.logit(x));
        }
    }

    @ParameterizedTest
    @EnumSource
    void learnReturnsWhatLogitGaveBeforeWhateverTheFormatAndThePressure(ValueFormat format) {
        FactorizationMachine machine =
                new FactorizationMachine(
                        DENSE.withEvenDimensions(true)
                                .within(
                                        new MemoryBudget(1 << 16),
                                        StoreConfig.DEFAULT.with(format)),
                        3);
        Random random = new Random(1);

        for (int n = 0; n < 20_000; n++) {
            FeatureVector x = vector(random, 5000);
            double logit = machine.logit(x);
            assertThat(machine.learn(x, random.nextInt(2), 0)).isEqualTo(logit).isFinite();
            assertThat(machine.bytes()).isLessThanOrEqualTo(1 << 16);
        }
        assertThat(machine.rows()).isBetween(500, 3000);
    }

    private static FeatureVector vector(Random random, int users) {
        FeatureVector x = new FeatureVector();
        x.add(1 + random.nextInt(users), 1, 1);
        x.add(1_000_000 + (int) Math.exp(random.nextDouble() * 7), 1, 2);
        int genres = random.nextInt(3);
        for (int i = 0; i < genres; i++) {
            x.add(2_000_000 + random.nextInt(18), 0.5f + random.nextFloat(), 3);
        }
        return x;
    }

    private static Map<Long, String> rows(FactorizationMachine machine) {
        Map<Long, float[]> rows = new HashMap<>();
        machine.drainChangedRows(new RowsByKey(rows));
        Map<Long, String> texts = new HashMap<>();
        rows.forEach((key, row) -> texts.put(key, java.util.Arrays.toString(row)));
        return texts;
    }
}
