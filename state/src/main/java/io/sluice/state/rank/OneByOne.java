package io.sluice.state.rank;

/** The worst of all goes, and the rest are scored anew; O(n²·d). */
public final class OneByOne implements Eliminator {

    @Override
    public boolean run(Pool pool, int stopAt, Deadline deadline) {
        int round = pool.nextRound();
        while (pool.size() > stopAt) {
            if (deadline.hasPassed()) {
                return false;
            }
            pool.score();
            dropWorst(pool, round++);
        }
        return true;
    }

    /** One pass for the worst that may fall and the worst of those that stay. */
    private static void dropWorst(Pool pool, int round) {
        boolean ruled = !pool.quotas().isEmpty();
        int worst = -1;
        int next = -1;
        for (int i = 0; i < pool.size(); i++) {
            boolean falls = !ruled || pool.mayFall(i);
            if (falls && (worst < 0 || pool.isWorse(i, worst))) {
                next = worst >= 0 && (next < 0 || pool.isWorse(worst, next)) ? worst : next;
                worst = i;
            } else if (next < 0 || pool.isWorse(i, next)) {
                next = i;
            }
        }
        if (worst < 0) {
            throw new IllegalStateException("quotas protect all of a pool; they were not reduced");
        }
        pool.fall(worst, round, next);
        pool.close();
    }
}
