package io.sluice.state.mask;

/** What an inactive weight promises; those that promise most grow. A block promises their sum. */
public enum GrowCriterion {
    /** |g|, the gradient of the last batch, as in RigL and DSL. */
    GRADIENT {
        @Override
        float promise(float gradient) {
            return Math.abs(gradient);
        }
    },
    /** The same for all, so that chance decides, as in SET and in SparCL's code. */
    RANDOM {
        @Override
        float promise(float gradient) {
            return 0;
        }
    };

    /**
     * The promise of one weight, 0 or more; equals are told apart by chance.
     *
     * @param gradient of the loss with respect to it, summed over the last batch
     */
    abstract float promise(float gradient);

    /** Whether gradients count. */
    boolean readsGradients() {
        return this == GRADIENT;
    }
}
