package io.sluice.state.rank;

import java.io.Serializable;

/**
 * Which way of eliminating, see {@link RankConfig}.
 *
 * @param method one by one, lazily, or by halving
 * @param share of the pool that falls in a round of halving
 * @param shortlist length from which on one falls at a time
 */
public record Elimination(RankConfig.Method method, double share, int shortlist)
        implements Serializable {

    /** What the reference configuration says. */
    public static final Elimination DEFAULT = new Elimination(RankConfig.Method.HALVING, 0.5, 16);

    /** Such an eliminator; it has scratch, so one for each thread. */
    public Eliminator newEliminator() {
        return switch (method) {
            case EXACT -> new OneByOne();
            case LAZY -> new LazyOneByOne();
            case HALVING -> new Halving(share, shortlist, new OneByOne());
        };
    }
}
