package io.sluice.jobs.drift;

/** Who and what there is: users in segments and hidden groups, items in categories. Immutable. */
final class Population {

    static final int USERS = 2_000;
    static final int ITEMS = 600;

    /** Items that only a stream of {@link DriftKind#NEW_ITEMS} ever shows. */
    static final int NEW_ITEMS = 300;

    static final int SEGMENTS = 5;
    static final int GROUPS = 8;
    static final int CATEGORIES = 12;
    static final int DEVICES = 3;

    private final int[] segments = new int[USERS];
    private final int[] groups = new int[USERS];
    private final int[] categories = new int[ITEMS + NEW_ITEMS];

    Population(Dice dice) {
        for (int user = 0; user < USERS; user++) {
            segments[user] = dice.below(SEGMENTS);
            groups[user] = dice.below(GROUPS);
        }
        for (int item = 0; item < categories.length; item++) {
            categories[item] = dice.below(CATEGORIES);
        }
    }

    int segment(int user) {
        return segments[user];
    }

    int group(int user) {
        return groups[user];
    }

    int category(int item) {
        return categories[item];
    }

    static String userId(int user) {
        return "u" + user;
    }

    static String itemId(int item) {
        return item < ITEMS ? "i" + item : "n" + (item - ITEMS);
    }
}
