package io.sluice.jobs.quickstart;

import java.util.Comparator;
import java.util.List;

/**
 * Orders by the clicks an item has had: the usual online baseline.
 *
 * <p>Counts the very clicks that the engine learns from. Older clicks fade by a fixed factor at
 * each visit, so that the baseline follows a drift too: {@code c ← c·f} with {@code f = 2^(−1/h)}
 * and a half-life of h visits. A count that never fades would be easier to beat after the drift.
 * Ties stand in the order of the candidates.
 *
 * <p>Fading is applied by growing the worth of a new click instead of touching all counts: O(1) per
 * click. Thread-safe.
 */
final class PopularityArm implements Arm {

    /** Long enough for a steady count at 300 items, short enough to forget within a phase. */
    private static final double HALF_LIFE_VISITS = 1500;

    private final double[] clicks;

    /** A baseline that has counted nothing. */
    PopularityArm(int items) {
        clicks = new double[items];
    }

    /** Counts a click. */
    synchronized void learn(Visit visit, int item) {
        // Within the doubles' range for a million visits; a quick start has some ten thousand.
        clicks[item] += Math.pow(2, visit.number() / HALF_LIFE_VISITS);
    }

    @Override
    public synchronized List<Integer> order(Phase phase, Visit visit) {
        return visit.candidates().stream()
                .sorted(Comparator.comparingDouble((Integer item) -> -clicks[item]))
                .toList();
    }
}
