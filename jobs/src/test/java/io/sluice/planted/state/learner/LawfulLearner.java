package io.sluice.planted.state.learner;

import io.sluice.planted.state.model.LawfulModel;

/** The direction in which the layers may be used; the seed comes in. */
public record LawfulLearner(LawfulModel model, long seed) {
    /** Dice with a seed that was given. */
    public java.util.Random dice() {
        return new java.util.Random(seed);
    }
}
