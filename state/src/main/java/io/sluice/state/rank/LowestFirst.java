package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Finds the lowest of a pool and lets them fall, the worst first; O(n + r log r) for r of n, O(n
 * log n) where quotas or ties at the cut demand a look at all.
 *
 * <p>A key is the score's bits, so turned that they compare as integers, over the place in the
 * pool. Equal scores are put in order by id behind the sort. Scratch; not thread-safe.
 */
final class LowestFirst {

    /** Longer runs of equal scores are sorted by a comparator, which allocates. */
    private static final int LONG_RUN = 16;

    private final Pool pool;
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
        if (keys.length < n) {
            keys = new long[Math.max(n, 2 * keys.length)];
        }
        for (int i = 0; i < n; i++) {
            keys[i] = key(pool.scoreOf(i), i);
        }
        if (pool.quotas().isEmpty()) {
            dropPrefix(count, n, round);
        } else {
            dropAllowed(count, n, round);
        }
    }

    private void dropPrefix(int count, int n, int round) {
        select(count, n);
        int cut = lowest(count, n);
        if (cut >= 0 && isTiedAcross(count, cut)) {
            Arrays.sort(keys, 0, n);
            orderTies(n);
            cut = place(keys[count]);
        } else {
            Arrays.sort(keys, 0, count);
            orderTies(count);
        }
        for (int k = 0; k < count; k++) {
            pool.fall(place(keys[k]), round, cut);
        }
    }

    /** Walks up as often as it takes: what is protected now may be free after the next fall. */
    private void dropAllowed(int count, int n, int round) {
        Arrays.sort(keys, 0, n);
        orderTies(n);
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

    /** Puts the {@code count} smallest keys first, in any order (Hoare's quickselect). */
    private void select(int count, int n) {
        int low = 0;
        int high = n - 1;
        while (low < high) {
            long pivot = keys[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long swapped = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = swapped;
                }
            }
            if (count <= j) {
                high = j;
            } else if (count >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private int lowest(int from, int to) {
        int lowest = -1;
        for (int k = from; k < to; k++) {
            int i = place(keys[k]);
            if (lowest < 0 || pool.isWorse(i, lowest)) {
                lowest = i;
            }
        }
        return lowest;
    }

    private boolean isTiedAcross(int count, int cut) {
        float score = pool.scoreOf(cut);
        for (int k = 0; k < count; k++) {
            if (pool.scoreOf(place(keys[k])) == score) {
                return true;
            }
        }
        return false;
    }

    private void orderTies(int n) {
        int from = 0;
        while (from < n) {
            int to = from + 1;
            while (to < n && (keys[to] >> 32) == (keys[from] >> 32)) {
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

    private static long key(float score, int place) {
        // Plus zero: −0 and 0 are one score.
        int bits = Float.floatToRawIntBits(score + 0f);
        int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
        return ((long) ordered << 32) | place;
    }

    private static int place(long key) {
        return (int) key;
    }
}
