package io.sluice.state.rank;

/** The order that a policy puts a whole slate in, without rules and chance. Not thread-safe. */
public final class SlateOrders {

    private final Pool pool = new Pool();
    private final Eliminator elimination;
    private final Eliminator oneShot = new OneRound(true);
    private final Eliminator sort = new OneRound(false);

    /** Orders by this way of eliminating. */
    public SlateOrders(Eliminator elimination) {
        this.elimination = elimination;
    }

    /** Indices into the candidates, the best first; all of them must have a score. */
    public int[] of(Candidates candidates, RankerHead head, RankerHead.Policy policy) {
        Eliminator by =
                switch (policy) {
                    case SORT -> sort;
                    case ONE_SHOT -> oneShot;
                    case ELIMINATION -> elimination;
                };
        pool.begin(candidates, policy == RankerHead.Policy.SORT ? RankerHead.sort(0) : head);
        int n = candidates.size();
        for (int i = 0; i < n; i++) {
            pool.add(i, 0);
        }
        boolean unused = by.run(pool, 1, Deadline.none());
        if (pool.size() > 0) {
            pool.settle(pool.nextRound());
        }
        int[] order = new int[n];
        for (int f = 0; f < n; f++) {
            order[n - 1 - f] = pool.falls().candidate(f);
        }
        return order;
    }

    /** The groups of all candidates. */
    public long[] groups(Candidates candidates) {
        long[] groups = new long[candidates.size()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = candidates.group(i);
        }
        return groups;
    }
}
