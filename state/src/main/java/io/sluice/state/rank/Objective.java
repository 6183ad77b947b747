package io.sluice.state.rank;

/** What a head is trained for. */
public enum Objective {
    /** The softmax of the whole pool puts its mass on what was taken (ListNet's top-one loss). */
    ONE_SHOT,
    /**
     * What was taken outlives the rest: {@code −Σ w(m) log(1 − q(m))} over pools of m, q(m) the
     * probability that one of the taken falls next, w(m) what outliving is worth.
     */
    SURVIVAL,
    /** IRanker's reward for each exclusion in closed form, {@code −Σ w(m) (1 − q(m))}. */
    REWARD
}
