package io.sluice.state.rank;

/** All are scored once and fall in that order; O(n·d + n log n). */
public final class OneRound implements Eliminator {

    private final boolean inContext;

    /**
     * One round.
     *
     * @param inContext whether the pool counts; otherwise it is a plain sort
     */
    public OneRound(boolean inContext) {
        this.inContext = inContext;
    }

    @Override
    public boolean run(Pool pool, int stopAt, Deadline deadline) {
        if (inContext) {
            pool.score();
        } else {
            pool.scoreAlone();
        }
        pool.settleAsScored(1);
        return true;
    }
}
