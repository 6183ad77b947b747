package io.sluice.state.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.mask.DensityAllocation;
import io.sluice.state.mask.SparsityConfig;
import io.sluice.state.mask.SparsityMethod;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SparseTowerTest {

    private static final int FIELDS = 3;
    private static final int K = 4;
    private static final int WIDTH = 32;
    private static final int DEPTH = 3;

    @ParameterizedTest
    @EnumSource
    void scoresAndLearnsAsItsDenseTwin(SparsityMethod method) throws IOException {
        SparseTower tower = tower(method, 0.4);
        Random random = new Random(1);
        TowerPass pass = tower.newPass();
        for (int i = 0; i < 300; i++) {
            FieldSums in = inputs(random);
            DenseTower twin = DenseTower.of(tower);

            double logit = tower.logit(in, pass);
            float gradient = (float) random.nextGaussian();
            float[] ofInputs = tower.learn(in, pass, gradient).clone();

            // float32 sums of some hundred terms of about 1
            assertThat(logit).isCloseTo(twin.logit(in.values()), within(1e-3));
            double[] expected = twin.gradientByInput(gradient);
            for (int each = 0; each < expected.length; each++) {
                assertThat((double) ofInputs[each]).isCloseTo(expected[each], within(1e-3));
            }
        }
    }

    @Test
    void stepsAgainstTheGradient() throws IOException {
        // With such sums the step is the gradient times 10 / 1000, whatever came before.
        TowerConfig config = new TowerConfig(WIDTH, DEPTH, 0.4, DensityAllocation.UNIFORM, 10);
        SparsityConfig fixed = sparsity(SparsityMethod.STATIC);
        SparseTower tower = new SparseTower(FIELDS * K, config, fixed, 3, 1e6f, 1);
        learn(tower, new Random(8), 100);
        FieldSums in = inputs(new Random(9));
        TowerPass pass = tower.newPass();
        DenseTower twin = DenseTower.of(tower);
        float logit = tower.logit(in, pass);

        tower.learn(in, pass, 1);

        DenseTower after = DenseTower.of(tower);
        assertThat((double) logit).isCloseTo(twin.logit(in.values()), within(1e-3));
        double h = 1e-6;
        int moved = 0;
        for (int l = 0; l < DEPTH; l++) {
            for (int i = 0; i < twin.weights[l].length; i++) {
                for (int o = 0; o < WIDTH; o++) {
                    double old = twin.weights[l][i][o];
                    twin.weights[l][i][o] = old + h;
                    double up = twin.logit(in.values());
                    twin.weights[l][i][o] = old - h;
                    double down = twin.logit(in.values());
                    twin.weights[l][i][o] = old;
                    double gradient = twin.active[l][i][o] ? (up - down) / (2 * h) : 0;
                    double step = (old - after.weights[l][i][o]) * 100;
                    // 1e-4: float32 weights of about 1, times 100
                    assertThat(step)
                            .as("layer %d, %d to %d", l, i, o)
                            .isCloseTo(gradient, within(1e-3 * Math.abs(gradient) + 1e-4));
                    moved += Math.abs(gradient) > 1e-3 ? 1 : 0;
                }
            }
        }
        assertThat(moved).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource(names = {"SET", "RIGL", "SPARCL", "DSL"})
    void eachLayerKeepsItsNumberOfBlocksAndNewOnesBeginWithoutHistory(SparsityMethod method)
            throws IOException {
        BlockLayer layer = BlockLayer.drawn(20, 64, 0.3, 11, 0.5f, method.readsGradients());
        Random random = new Random(2);
        float[] in = new float[20];
        float[] out = new float[64];
        int grown = 0;
        for (int round = 1; round <= 20; round++) {
            for (int i = 0; i < 30; i++) {
                for (int input = 0; input < 20; input++) {
                    in[input] = random.nextInt(4) == 0 ? 0 : (float) random.nextGaussian();
                }
                layer.forward(in, out);
                for (int o = 0; o < 64; o++) {
                    out[o] = (float) random.nextGaussian();
                }
                if (method.readsGradients()) {
                    layer.collect(in, out);
                }
                layer.step(in, out, 0.1f, 1);
            }
            LayerState before = LayerState.of(layer, 64);

            int moved = layer.exchange(method, 0.3, round);

            LayerState after = LayerState.of(layer, 64);
            assertThat(layer.activeBlocks()).isEqualTo(24);
            assertThat(after.weights).hasSize(24);
            assertThat(moved).isEqualTo(8);
            for (int block : after.weights.keySet()) {
                if (before.weights.containsKey(block)) {
                    assertThat(after.weights.get(block)).isEqualTo(before.weights.get(block));
                    assertThat(after.sums.get(block)).isEqualTo(before.sums.get(block));
                } else {
                    assertThat(after.weights.get(block)).containsOnly(0);
                    assertThat(after.sums.get(block)).containsOnly(0.5f);
                    grown++;
                }
            }
        }
        assertThat(grown).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void restoringBetweenAnyTwoExamplesChangesNothing(SparsityMethod method) throws IOException {
        for (int cut = 0; cut <= 45; cut++) {
            SparseTower whole = tower(method, 0.4);
            Random random = new Random(4);
            learn(whole, random, cut);
            SparseTower back = tower(method, 0.4);
            back.read(in(bytes(whole)));

            learn(whole, new Random(cut), 45 - cut);
            learn(back, new Random(cut), 45 - cut);

            assertThat(bytes(back)).as("cut at %d", cut).isEqualTo(bytes(whole));
        }
    }

    @Test
    void aServedTowerScoresBitForBit() throws IOException {
        SparseTower tower = tower(SparsityMethod.RIGL, 0.4);
        Random random = new Random(6);
        learn(tower, random, 100);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tower.writeServed(new DataOutputStream(out));

        SparseTower served = SparseTower.served(FIELDS * K, in(out.toByteArray()));

        for (int i = 0; i < 50; i++) {
            FieldSums in = inputs(random);
            assertThat(served.logit(in, served.newPass()))
                    .isEqualTo(tower.logit(in, tower.newPass()));
        }
        assertThat(served.bytes()).isLessThan(tower.bytes());
    }

    @Test
    void aNewTowerSaysNothing() {
        SparseTower tower = tower(SparsityMethod.SET, 0.4);

        assertThat(tower.logit(inputs(new Random(1)), tower.newPass())).isZero();
    }

    @Test
    void withoutMasksAllBlocksAreActive() {
        assertThat(tower(SparsityMethod.NONE, 0.1).activeBlocks())
                .isEqualTo((FIELDS * K + 2 * WIDTH) * WIDTH / 16);
    }

    @Test
    void erdosRenyiGivesSmallLayersMore() throws IOException {
        TowerConfig config = new TowerConfig(WIDTH, 2, 0.25, DensityAllocation.ERDOS_RENYI, 0.1);

        DenseTower tower =
                DenseTower.of(
                        new SparseTower(96, config, sparsity(SparsityMethod.STATIC), 3, 1, 1));

        // 96 x 32 and 32 x 32 weights, 128 and 64 links, a quarter of 4096 weights: ε = 1024 / 192,
        // 128 ε = 683 and 64 ε = 341 weights, so 43 and 21 blocks.
        assertThat(tower.activeBlocks(0)).isEqualTo(43);
        assertThat(tower.activeBlocks(1)).isEqualTo(21);
    }

    @Test
    void refusesOtherShapesAndDamage() throws IOException {
        byte[] bytes = bytes(tower(SparsityMethod.RIGL, 0.4));

        assertThatThrownBy(() -> tower(SparsityMethod.RIGL, 0.6).read(in(bytes)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("active blocks, expected");
        byte[] wider = bytes.clone();
        wider[11] = 64;
        assertThatThrownBy(() -> tower(SparsityMethod.RIGL, 0.4).read(in(wider)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("found a tower of 12 inputs and 3 layers of 64 units");
        ByteArrayOutputStream served = new ByteArrayOutputStream();
        tower(SparsityMethod.RIGL, 0.4).writeServed(new DataOutputStream(served));
        byte[] disordered = served.toByteArray();
        disordered[19] = 127;
        assertThatThrownBy(() -> SparseTower.served(FIELDS * K, in(disordered)))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("found block 127 behind block -1");
        assertThatThrownBy(() -> SparseTower.served(8, in(served.toByteArray())))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("expected 8 inputs");
    }

    private static SparsityConfig sparsity(SparsityMethod method) {
        return new SparsityConfig(method, 1, 16, 4, 0.5, 0.1, 100);
    }

    private static SparseTower tower(SparsityMethod method, double density) {
        TowerConfig config = new TowerConfig(WIDTH, DEPTH, density, DensityAllocation.UNIFORM, 0.1);
        return new SparseTower(FIELDS * K, config, sparsity(method), 3, 0.1f, 0.999f);
    }

    private static void learn(SparseTower tower, Random random, int examples) {
        TowerPass pass = tower.newPass();
        for (int i = 0; i < examples; i++) {
            FieldSums in = inputs(random);
            float unused = tower.logit(in, pass);
            tower.learn(in, pass, (float) random.nextGaussian());
        }
    }

    private static FieldSums inputs(Random random) {
        FieldSums sums = new FieldSums(FIELDS, K);
        float[] row = new float[K + 1];
        for (int field = 0; field <= FIELDS + 1; field++) {
            for (int d = 1; d <= K; d++) {
                row[d] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
            }
            sums.add(field, row, 0, K, 0.7f);
        }
        return sums;
    }

    private static byte[] bytes(SparseTower tower) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tower.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
