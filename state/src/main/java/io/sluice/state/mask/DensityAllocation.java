package io.sluice.state.mask;

import java.util.Arrays;

/** How a density is spread over the layers of a network. */
public enum DensityAllocation {
    /** The same density for each layer. */
    UNIFORM {
        @Override
        public double[] densities(int[] inputs, int[] outputs, double density) {
            double[] all = new double[inputs.length];
            Arrays.fill(all, density);
            return all;
        }
    },
    /**
     * Erdős–Rényi (Mocanu et al., 2018; "ERK" of RigL without kernels): a layer of n inputs and m
     * outputs has density {@code min(1, ε (n + m) / (n m))}, ε such that the total is that of the
     * uniform one. Layers that reach 1 are held there and ε is solved again for the rest.
     */
    ERDOS_RENYI {
        @Override
        public double[] densities(int[] inputs, int[] outputs, double density) {
            return erdosRenyi(inputs, outputs, density);
        }
    };

    /**
     * The density of each layer, (0, 1].
     *
     * @param inputs of each layer
     * @param outputs of each layer
     * @param density of all together, (0, 1]
     */
    public abstract double[] densities(int[] inputs, int[] outputs, double density);

    private static double[] erdosRenyi(int[] inputs, int[] outputs, double density) {
        double[] densities = new double[inputs.length];
        boolean[] full = new boolean[inputs.length];
        boolean again = true;
        while (again) {
            double left = 0;
            double links = 0;
            for (int l = 0; l < inputs.length; l++) {
                double size = (double) inputs[l] * outputs[l];
                left += full[l] ? (density - 1) * size : density * size;
                links += full[l] ? 0 : inputs[l] + outputs[l];
            }
            again = false;
            for (int l = 0; l < inputs.length; l++) {
                double size = (double) inputs[l] * outputs[l];
                double wanted = left / links * (inputs[l] + outputs[l]) / size;
                if (!full[l] && wanted >= 1) {
                    full[l] = true;
                    again = true;
                }
                densities[l] = full[l] ? 1 : wanted;
            }
        }
        return densities;
    }
}
