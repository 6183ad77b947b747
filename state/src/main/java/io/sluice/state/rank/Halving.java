package io.sluice.state.rank;

import io.sluice.state.check.Checks;

/**
 * A share of the pool goes at once until a short list is left, which another eliminator finishes;
 * O(n·d / share) for a long list. The many that never had a chance are not worth a round each.
 */
public final class Halving implements Eliminator {

    private final double share;
    private final int shortlist;
    private final Eliminator finish;

    /**
     * An eliminator.
     *
     * @param share of the pool that goes in a round, (0, 1)
     * @param shortlist length of the list from which on {@code finish} goes on, at least 2
     */
    public Halving(double share, int shortlist, Eliminator finish) {
        Checks.that(share > 0 && share < 1, "share", "within (0, 1)", share);
        this.share = share;
        this.shortlist = Checks.inRange("shortlist", shortlist, 2, 1_000_000);
        this.finish = finish;
    }

    @Override
    public boolean run(Pool pool, int stopAt, Deadline deadline) {
        int until = Math.max(shortlist, stopAt);
        int round = pool.nextRound();
        while (pool.size() > until) {
            if (deadline.hasPassed()) {
                return false;
            }
            pool.score();
            int drop = (int) Math.ceil(share * pool.size());
            pool.dropLowest(Math.min(drop, pool.size() - until), round++);
        }
        return finish.run(pool, stopAt, deadline);
    }
}
