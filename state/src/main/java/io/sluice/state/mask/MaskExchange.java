package io.sluice.state.mask;

import java.util.Arrays;

/**
 * Drops the least of a tensor's active units and grows as many others, so that their number stays
 * the same.
 *
 * <p>Of n active units {@code r = ⌈ζ n⌉} are dropped, by smallest importance. Then as many grow as
 * were dropped, by largest promise among all inactive ones, those just dropped included. Equals are
 * told apart by a ticket, a hash that knows neither time nor place, and equal tickets by the order
 * of the units. Deviation from DSL's code: it ranks active units among the candidates with promise
 * 0, so that with few touched rows it loses active weights; here none is lost.
 *
 * <p>O(u log u) for u units, with 8 bytes of scratch each.
 */
public final class MaskExchange {

    private MaskExchange() {}

    /** The units of one tensor: single weights, or blocks of them. */
    public interface Units {

        /** How many there are. */
        int size();

        /** Whether a unit is active. */
        boolean isActive(int unit);

        /** What an active unit is worth, 0 or more. */
        float importance(int unit);

        /** What an inactive unit promises, 0 or more. */
        float promise(int unit);

        /** Tells equals apart. */
        int ticket(int unit);

        /** Makes a unit active or inactive. */
        void set(int unit, boolean active);
    }

    /**
     * One exchange.
     *
     * @param share of the active units that is dropped, ζ
     * @return how many were dropped, and grew
     */
    public static int run(Units units, SparsityMethod method, double share) {
        int size = units.size();
        boolean ties = method.dropsTies();
        long[] ranks = new long[size];
        int active = 0;
        for (int unit = 0; unit < size; unit++) {
            if (units.isActive(unit)) {
                ranks[active++] = worth(units, unit, ties);
            }
        }
        int wanted = Math.min(active, (int) Math.ceil(share * active));
        if (wanted == 0) {
            return 0;
        }
        int dropped = drop(units, ties, wanted, sorted(ranks, active));
        int inactive = 0;
        for (int unit = 0; unit < size; unit++) {
            if (!units.isActive(unit)) {
                ranks[inactive++] = rank(units.promise(unit), units.ticket(unit));
            }
        }
        grow(units, dropped, sorted(ranks, inactive));
        return dropped;
    }

    private static long[] sorted(long[] ranks, int count) {
        long[] sorted = Arrays.copyOf(ranks, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static int drop(Units units, boolean ties, int wanted, long[] worths) {
        long last = worths[wanted - 1];
        int equals = ties ? Integer.MAX_VALUE : wanted - below(worths, last);
        int dropped = 0;
        for (int unit = 0; unit < units.size(); unit++) {
            if (units.isActive(unit)) {
                long worth = worth(units, unit, ties);
                if (worth < last || (worth == last && equals-- > 0)) {
                    units.set(unit, false);
                    dropped++;
                }
            }
        }
        return dropped;
    }

    private static void grow(Units units, int wanted, long[] promises) {
        long last = promises[promises.length - wanted];
        int above = 0;
        while (above < wanted && promises[promises.length - 1 - above] > last) {
            above++;
        }
        int equals = wanted - above;
        for (int unit = 0; unit < units.size(); unit++) {
            if (!units.isActive(unit)) {
                long promise = rank(units.promise(unit), units.ticket(unit));
                if (promise > last || (promise == last && equals-- > 0)) {
                    units.set(unit, true);
                }
            }
        }
    }

    /** How many of the sorted numbers are smaller. */
    private static int below(long[] sorted, long number) {
        int count = 0;
        while (sorted[count] < number) {
            count++;
        }
        return count;
    }

    private static long worth(Units units, int unit, boolean ties) {
        return rank(units.importance(unit), ties ? 0 : units.ticket(unit));
    }

    /** Orders by a number of 0 or more, then by the ticket. */
    private static long rank(float number, int ticket) {
        return ((long) Float.floatToRawIntBits(number) << 32) | (ticket & 0xffffffffL);
    }
}
