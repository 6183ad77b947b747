package io.sluice.state.mask;

/**
 * How the active weights of a tensor move while their number stays the same.
 *
 * <p>In all of them a grown weight begins at 0, and one that is dropped and grown in the same
 * exchange keeps its value: the mask is applied once, behind both.
 */
public enum SparsityMethod {
    /** All weights are active. */
    NONE(null, null),
    /** A random mask that never moves: what the others are held against. */
    STATIC(null, null),
    /** Sparse evolutionary training: magnitude and chance (Mocanu et al., 2018). */
    SET(DropCriterion.MAGNITUDE, GrowCriterion.RANDOM),
    /** Rigging the lottery: magnitude and gradient (Evci et al., ICML 2020, section 3). */
    RIGL(DropCriterion.MAGNITUDE, GrowCriterion.GRADIENT),
    /** SparCL: weight and gradient, then chance (Wang et al., NeurIPS 2022, section 3.1). */
    SPARCL(DropCriterion.MAGNITUDE_AND_GRADIENT, GrowCriterion.RANDOM),
    /**
     * Dynamic sparse learning as its authors coded it (WSDM 2024, arXiv 2402.02855): as RigL, but
     * the optimiser steps as if all weights were active and the mask is applied behind the step;
     * and what is not larger than the threshold goes, so that ties may drop more than was asked
     * for.
     */
    DSL(DropCriterion.MAGNITUDE, GrowCriterion.GRADIENT);

    private final DropCriterion drop;
    private final GrowCriterion grow;

    SparsityMethod(DropCriterion drop, GrowCriterion grow) {
        this.drop = drop;
        this.grow = grow;
    }

    /** Whether there are masks at all. */
    public boolean masks() {
        return this != NONE;
    }

    /** Whether masks move. */
    public boolean moves() {
        return drop != null;
    }

    /** Whether gradients of inactive weights are collected. */
    public boolean readsGradients() {
        return moves() && (drop.readsGradients() || grow.readsGradients());
    }

    /** Whether the optimiser's state takes in the gradients of inactive weights too. */
    public boolean stepsDensely() {
        return this == DSL;
    }

    /** Whether everything that equals the last one dropped goes with it. */
    boolean dropsTies() {
        return this == DSL;
    }

    /** What an active weight is worth; only where masks move. */
    public float importance(float weight, float gradient) {
        return drop.importance(weight, gradient);
    }

    /** What an inactive weight promises; only where masks move. */
    public float promise(float gradient) {
        return grow.promise(gradient);
    }
}
