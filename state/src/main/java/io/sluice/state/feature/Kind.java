package io.sluice.state.feature;

/** How a declared feature's value becomes rows. */
public enum Kind {
    /** An identifier: one row per distinct value. */
    ID,
    /** One of some values: one row per distinct value. */
    CATEGORY,
    /** Several of some values: one row each, scaled by 1/√n so that the sum keeps its size. */
    CATEGORIES,
    /** A number: one row per bucket, or on a scale that is learnt ({@link NumberScaling}). */
    NUMBER
}
