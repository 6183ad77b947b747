package io.sluice.jobs.quickstart;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What everybody likes at one time, as log-odds.
 *
 * <p>The log-odds that a user on a device clicks an examined item is {@code base + taste[user,
 * category] + habit[device, category] + quality[item]}. A user's taste is that of the segment plus
 * something personal, so that there is something to share between users and something to learn
 * about each. Immutable; thread-safe.
 */
final class Tastes {

    /** An average item on an average day: one click in ten looks. */
    private static final double BASE = -2.2;

    private static final double SEGMENT_SPREAD = 1.5;
    private static final double PERSONAL_SPREAD = 0.7;
    private static final double DEVICE_SPREAD = 0.5;
    private static final double QUALITY_SPREAD = 0.6;

    /** Share of the items whose quality is drawn anew when tastes drift. */
    private static final double QUALITY_RESHUFFLED = 0.5;

    private final double[][] taste;
    private final double[][] habit;
    private final double[] quality;

    private Tastes(double[][] taste, double[][] habit, double[] quality) {
        this.taste = taste;
        this.habit = habit;
        this.quality = quality;
    }

    /**
     * Draws tastes.
     *
     * @param segmentOf segment of each user
     * @param segments how many there are
     * @param devices how many there are
     * @param categories how many there are
     * @param items how many there are
     */
    static Tastes draw(
            int[] segmentOf,
            int segments,
            int devices,
            int categories,
            int items,
            RandomGenerator random) {
        double[][] common = normal(segments, categories, SEGMENT_SPREAD, random);
        double[][] taste = normal(segmentOf.length, categories, PERSONAL_SPREAD, random);
        for (int user = 0; user < segmentOf.length; user++) {
            for (int category = 0; category < categories; category++) {
                taste[user][category] += common[segmentOf[user]][category];
            }
        }
        double[][] habit = normal(devices, categories, DEVICE_SPREAD, random);
        return new Tastes(taste, habit, normal(items, QUALITY_SPREAD, random));
    }

    /**
     * The tastes after an abrupt change: what was liked about one category is now liked about
     * another, for everybody alike, and part of the items became better or worse.
     */
    Tastes drifted(RandomGenerator random) {
        int categories = habit[0].length;
        int[] source = cycle(categories, random);
        double[][] movedTaste = permuted(taste, source);
        double[][] movedHabit = permuted(habit, source);
        double[] changed = quality.clone();
        for (int item = 0; item < changed.length; item++) {
            if (random.nextDouble() < QUALITY_RESHUFFLED) {
                changed[item] = QUALITY_SPREAD * random.nextGaussian();
            }
        }
        return new Tastes(movedTaste, movedHabit, changed);
    }

    /** Probability that an examined item is clicked. */
    double appeal(int user, int device, int category, int item) {
        double logOdds = BASE + taste[user][category] + habit[device][category] + quality[item];
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** The category that a user on a device likes best; of equal ones the first. */
    int favourite(int user, int device) {
        int best = 0;
        for (int category = 1; category < habit[device].length; category++) {
            double liking = taste[user][category] + habit[device][category];
            best = liking > taste[user][best] + habit[device][best] ? category : best;
        }
        return best;
    }

    /** A random permutation of one cycle (Sattolo, 1986): no category keeps its place. */
    private static int[] cycle(int n, RandomGenerator random) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    private static double[][] permuted(double[][] rows, int[] source) {
        double[][] moved = new double[rows.length][source.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < source.length; column++) {
                moved[row][column] = rows[row][source[column]];
            }
        }
        return moved;
    }

    private static double[][] normal(int rows, int columns, double spread, RandomGenerator random) {
        double[][] values = new double[rows][];
        for (int row = 0; row < rows; row++) {
            values[row] = normal(columns, spread, random);
        }
        return values;
    }

    private static double[] normal(int length, double spread, RandomGenerator random) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = spread * random.nextGaussian();
        }
        return values;
    }
}
