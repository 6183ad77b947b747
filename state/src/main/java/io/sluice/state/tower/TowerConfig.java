package io.sluice.state.tower;

import io.sluice.state.check.Checks;
import io.sluice.state.mask.DensityAllocation;
import java.io.Serializable;

/**
 * Settings of the tower. The defaults stand, with their reasons, in {@code config/reference.yaml}.
 *
 * @param width units of each hidden layer, a multiple of 16 up to 1024; 0: no tower
 * @param depth hidden layers, 1 to 8
 * @param density share of the blocks that are active, [0.05, 1]; 1 unless masks are used
 * @param allocation how the density is spread over the layers
 * @param learningRate AdaGrad step, (0, 10]
 */
public record TowerConfig(
        int width, int depth, double density, DensityAllocation allocation, double learningRate)
        implements Serializable {

    /** Most units of a layer. */
    static final int MOST_WIDTH = 1024;

    /** Most hidden layers. */
    static final int MOST_DEPTH = 8;

    /** The defaults of {@code config/reference.yaml}: no tower. */
    public static final TowerConfig NONE =
            new TowerConfig(0, 2, 0.2, DensityAllocation.UNIFORM, 0.03);

    public TowerConfig {
        Checks.inRange("model.tower.width", width, 0, MOST_WIDTH);
        Checks.that(
                width % BlockLayer.BLOCK == 0,
                "model.tower.width",
                "a multiple of " + BlockLayer.BLOCK,
                Integer.toString(width));
        Checks.inRange("model.tower.depth", depth, 1, MOST_DEPTH);
        Checks.inRange("model.tower.density", density, 0.05, 1);
        Checks.notNull("model.tower.allocation", allocation);
        Checks.above("model.tower.learningRate", learningRate, 0, 10);
    }

    /** Whether there is a tower. */
    public boolean isBuilt() {
        return width > 0;
    }
}
