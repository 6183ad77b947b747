package io.sluice.state.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DensityAllocationTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void uniformIsTheSameForAll() {
        assertThat(densities(DensityAllocation.UNIFORM, 0.3, 10, 10, 40, 10))
                .containsExactly(0.3, 0.3);
    }

    @Test
    void erdosRenyiFavoursSmallLayers() {
        // 100 and 400 weights, 20 and 50 links: 0.2 * 500 = ε * 70; ε * 20 / 100, ε * 50 / 400.
        double epsilon = 100.0 / 70;

        double[] found = densities(DensityAllocation.ERDOS_RENYI, 0.2, 10, 10, 40, 10);

        assertThat(found).containsExactly(new double[] {epsilon / 5, epsilon / 8}, EXACT);
    }

    @Test
    void erdosRenyiHoldsFullLayersAtOneAndGivesTheRestToTheOthers() {
        // ε of both is 0.5 * 1010 / 211 = 2.39; 2.39 * 11 / 10 > 1, so the small layer is full and
        // the other has 505 - 10 of 1000.
        double[] found = densities(DensityAllocation.ERDOS_RENYI, 0.5, 10, 1, 100, 10);

        assertThat(found).containsExactly(new double[] {1, 0.495}, EXACT);
    }

    private static double[] densities(
            DensityAllocation allocation, double density, int n1, int m1, int n2, int m2) {
        return allocation.densities(new int[] {n1, n2}, new int[] {m1, m2}, density);
    }
}
