package io.sluice.state.mask;

import io.sluice.state.check.Checks;
import java.io.Serializable;

/**
 * Settings of dynamic sparsity. The defaults stand, with their reasons, in {@code
 * config/reference.yaml}.
 *
 * @param method which weights are dropped and which grow
 * @param density share of the embedding values that are active, [0.01, 1]; the tower has its own
 * @param updateEvents examples between two exchanges, 16 to 10¹²
 * @param batchEvents examples before an exchange whose gradients it reads, 1 to updateEvents
 * @param share of the active weights that is exchanged at the start or after a drift, [0, 1]
 * @param floor what that share falls to, [0, 1]
 * @param coolEvents examples over which it falls, 1 to 10¹²
 */
public record SparsityConfig(
        SparsityMethod method,
        double density,
        long updateEvents,
        long batchEvents,
        double share,
        double floor,
        long coolEvents)
        implements Serializable {

    /** The defaults of {@code config/reference.yaml}. */
    public static final SparsityConfig DEFAULT =
            new SparsityConfig(SparsityMethod.NONE, 0.5, 2_000, 512, 0.5, 0.005, 1_000_000);

    public SparsityConfig {
        Checks.notNull("model.sparsity.method", method);
        Checks.inRange("model.sparsity.density", density, 0.01, 1);
        Checks.inRange("model.sparsity.updateEvents", updateEvents, 16, 1_000_000_000_000L);
        Checks.inRange("model.sparsity.batchEvents", batchEvents, 1, updateEvents);
        Checks.inRange("model.sparsity.share", share, 0, 1);
        Checks.inRange("model.sparsity.floor", floor, 0, 1);
        Checks.inRange("model.sparsity.coolEvents", coolEvents, 1, 1_000_000_000_000L);
    }

    /** The default schedule with another method and density. */
    public static SparsityConfig of(SparsityMethod method, double density) {
        return new SparsityConfig(
                method,
                density,
                DEFAULT.updateEvents,
                DEFAULT.batchEvents,
                DEFAULT.share,
                DEFAULT.floor,
                DEFAULT.coolEvents);
    }

    /** Whether embeddings have masks. */
    public boolean masksEmbeddings() {
        return method.masks() && density < 1;
    }
}
