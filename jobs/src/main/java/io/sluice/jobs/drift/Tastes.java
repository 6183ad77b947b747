package io.sluice.jobs.drift;

/**
 * What everybody likes in one world, as log-odds.
 *
 * <p>{@code z = base + mood[user] + quality[item] + segment[segment, category] + group[group,
 * category] + habit[device, category]}. Segments stand in the data; groups do not, so that no
 * declared key speaks for all that changes. Immutable.
 */
final class Tastes {

    /** About three labels in ten are 1. */
    private static final double BASE = -1.2;

    private static final double MOOD = 0.5;
    private static final double QUALITY = 0.7;
    private static final double SEGMENT = 0.6;
    private static final double GROUP = 0.8;
    private static final double HABIT = 0.3;

    /** Share of qualities and tastes that are drawn anew when the world changes. */
    private static final double CHANGED = 0.5;

    private final double[] mood;
    private final double[] habit;
    private final double[] quality;
    private final double[] segment;
    private final double[] group;

    private Tastes(
            double[] mood, double[] habit, double[] quality, double[] segment, double[] group) {
        this.mood = mood;
        this.habit = habit;
        this.quality = quality;
        this.segment = segment;
        this.group = group;
    }

    static Tastes draw(Dice dice) {
        return new Tastes(
                dice.normals(Population.USERS, MOOD),
                dice.normals(Population.DEVICES * Population.CATEGORIES, HABIT),
                dice.normals(Population.ITEMS + Population.NEW_ITEMS, QUALITY),
                dice.normals(Population.SEGMENTS * Population.CATEGORIES, SEGMENT),
                dice.normals(Population.GROUPS * Population.CATEGORIES, GROUP));
    }

    /** The world after a change: moods and habits stay, half of the rest is drawn anew. */
    Tastes changed(Dice dice) {
        return new Tastes(
                mood,
                habit,
                redrawn(quality, QUALITY, dice),
                redrawn(segment, SEGMENT, dice),
                redrawn(group, GROUP, dice));
    }

    private static double[] redrawn(double[] old, double deviation, Dice dice) {
        double[] numbers = old.clone();
        for (int i = 0; i < numbers.length; i++) {
            double another = deviation * dice.normal();
            if (dice.unit() < CHANGED) {
                numbers[i] = another;
            }
        }
        return numbers;
    }

    /** The log-odds that this user on this device likes this item. */
    double logit(Population people, int user, int device, int item) {
        return ofOthers(people, user, device, item) + quality[item];
    }

    /** The same of an item about which nothing but its category is known. */
    double ofOthers(Population people, int user, int device, int item) {
        int category = people.category(item);
        return BASE
                + mood[user]
                + segment[people.segment(user) * Population.CATEGORIES + category]
                + group[people.group(user) * Population.CATEGORIES + category]
                + habit[device * Population.CATEGORIES + category];
    }
}
