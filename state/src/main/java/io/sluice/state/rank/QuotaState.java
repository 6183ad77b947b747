package io.sluice.state.rank;

import java.util.Arrays;

/**
 * Which falls quotas allow: of each group at least so many and at most so many are to stand in the
 * window, the first places of the list.
 *
 * <p>While more survive than the window has room for: members of a group that is down to its least
 * number stay; and as soon as no more may fall than there are members beyond the most of their
 * groups, only those fall. So the survivors fill the window as the quotas say whenever that is
 * possible, whatever the scores are. Scratch; not thread-safe.
 */
final class QuotaState {

    private final GroupTable groups;
    private int free;
    private int declared;
    private int[] numbers = new int[4];
    private int[] least = new int[4];
    private int[] most = new int[4];
    private int[] outside = new int[16]; // by group: pinned behind the window
    private int[] pinned = new int[16]; // by group: pinned within it

    QuotaState(GroupTable groups) {
        this.groups = groups;
    }

    void clear() {
        declared = 0;
        free = 0;
        Arrays.fill(outside, 0);
        Arrays.fill(pinned, 0);
    }

    /** Notes a member that has its place already. */
    void pin(int group, boolean inWindow) {
        if (group != GroupTable.NONE) {
            reserve(group);
            (inWindow ? pinned : outside)[group]++;
        }
    }

    private void reserve(int group) {
        if (group >= pinned.length) {
            pinned = Arrays.copyOf(pinned, 2 * group);
            outside = Arrays.copyOf(outside, 2 * group);
        }
    }

    /** How many places of the window are not pinned. */
    void window(int places) {
        free = places;
    }

    /**
     * Declares a quota.
     *
     * @param hash of the group
     * @param atLeast what can be had of it; see {@link #available}
     */
    void declare(long hash, int atLeast, int atMost) {
        if (declared == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * declared);
            least = Arrays.copyOf(least, 2 * declared);
            most = Arrays.copyOf(most, 2 * declared);
        }
        int group = groups.numberOf(hash);
        reserve(group);
        numbers[declared] = group;
        least[declared] = atLeast;
        most[declared] = atMost;
        declared++;
    }

    /** How many of a group could stand in the window. */
    int available(long hash) {
        int group = groups.numberOf(hash);
        reserve(group);
        return count(group);
    }

    /** How many of a group are pinned in the window. */
    int pinned(long hash) {
        int group = groups.numberOf(hash);
        reserve(group);
        return pinned[group];
    }

    private int count(int group) {
        return groups.count(group) - outside[group];
    }

    /** Whether any quota was declared. */
    boolean isEmpty() {
        return declared == 0;
    }

    /** Whether a member of a group may go while so many survive. */
    boolean mayFall(int group, int survivors) {
        int toGo = survivors - free;
        if (declared == 0 || toGo <= 0) {
            return true;
        }
        int surplus = 0;
        int own = -1;
        for (int q = 0; q < declared; q++) {
            surplus += surplus(q);
            own = numbers[q] == group ? q : own;
        }
        if (toGo <= surplus) {
            return own >= 0 && surplus(own) > 0;
        }
        return own < 0 || count(group) > least[own];
    }

    private int surplus(int q) {
        int count = count(numbers[q]);
        return Math.max(0, Math.min(count - most[q], count - pinned[numbers[q]]));
    }
}
