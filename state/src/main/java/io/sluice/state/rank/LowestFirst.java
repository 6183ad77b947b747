package io.sluice.state.rank;

import static io.sluice.state.rank.ScoreSort.place;

import java.util.Arrays;

/**
 * Finds the lowest of a pool and lets them fall, the worst first; O(n) as {@link ScoreSort} is, O(n
 * log n) where ties demand a look at many ids, O(n·r) for r of n where quotas protect many.
 *
 * <p>Equal scores are put in order by id behind the sort. Scratch; not thread-safe.
 */
final class LowestFirst {

    /** Longer runs of equal scores are sorted by a comparator, which allocates. */
    private static final int LONG_RUN = 16;

    private final Pool pool;
    private final ScoreSort sort = new ScoreSort();
    private long[] keys = {};

    LowestFirst(Pool pool) {
        this.pool = pool;
    }

    /** Lets {@code count} survivors fall by the scores as they are, as far as the rules allow. */
    void drop(int count, int round) {
        int n = pool.size();
        if (count <= 0) {
            return;
        }
        keys = sort.sort(pool.scores(), n);
        if (pool.quotas().isEmpty()) {
            dropPrefix(count, n, round);
        } else {
            dropAllowed(count, n, round);
        }
    }

    private void dropPrefix(int count, int n, int round) {
        orderTies(count, n);
        int cut = count < n ? place(keys[count]) : -1;
        for (int k = 0; k < count; k++) {
            pool.fall(place(keys[k]), round, cut);
        }
    }

    /** Walks up as often as it takes: what is protected now may be free after the next fall. */
    private void dropAllowed(int count, int n, int round) {
        orderTies(n, n);
        int left = n;
        for (int dropped = 0; dropped < count; dropped++) {
            int k = 0;
            while (k < left && !pool.mayFall(place(keys[k]))) {
                k++;
            }
            k = k == left ? 0 : k;
            int falling = place(keys[k]);
            System.arraycopy(keys, k + 1, keys, k, left - k - 1);
            left--;
            pool.fall(falling, round, left == 0 ? -1 : place(keys[0]));
        }
    }

    /** Of all runs of equal scores that begin at {@code last} or before. */
    private void orderTies(int last, int n) {
        int from = 0;
        while (from <= last && from < n) {
            int to = from + 1;
            while (to < n && ScoreSort.areEqual(keys[to], keys[from])) {
                to++;
            }
            if (to - from > LONG_RUN) {
                orderLongRun(from, to);
            } else {
                orderRun(from, to);
            }
            from = to;
        }
    }

    private void orderRun(int from, int to) {
        for (int k = from + 1; k < to; k++) {
            long key = keys[k];
            int at = k;
            while (at > from && pool.compareIds(place(keys[at - 1]), place(key)) < 0) {
                keys[at] = keys[at - 1];
                at--;
            }
            keys[at] = key;
        }
    }

    private void orderLongRun(int from, int to) {
        Long[] run = new Long[to - from];
        Arrays.setAll(run, k -> keys[from + k]);
        Arrays.sort(run, (a, b) -> pool.compareIds(place(b), place(a)));
        for (int k = 0; k < run.length; k++) {
            keys[from + k] = run[k];
        }
    }
}
