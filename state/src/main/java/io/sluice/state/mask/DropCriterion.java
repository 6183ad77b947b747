package io.sluice.state.mask;

/** What an active weight is worth; those worth least are dropped. A block is worth their sum. */
public enum DropCriterion {
    /**
     * |w|, as in SET (Mocanu et al., Nature Communications 2018), RigL (Evci et al., ICML 2020) and
     * DSL (WSDM 2024).
     */
    MAGNITUDE {
        @Override
        float importance(float weight, float gradient) {
            return Math.abs(weight);
        }
    },
    /**
     * |w| + ½|g|: the importance of SparCL (Wang et al., NeurIPS 2022, equation 1) as its code has
     * it, where the gradients of current and of buffered examples are one term.
     */
    MAGNITUDE_AND_GRADIENT {
        @Override
        float importance(float weight, float gradient) {
            return Math.abs(weight) + 0.5f * Math.abs(gradient);
        }
    };

    /**
     * The worth of one weight, 0 or more.
     *
     * @param weight its value
     * @param gradient of the loss with respect to it, summed over the last batch
     */
    abstract float importance(float weight, float gradient);

    /** Whether gradients count. */
    boolean readsGradients() {
        return this == MAGNITUDE_AND_GRADIENT;
    }
}
