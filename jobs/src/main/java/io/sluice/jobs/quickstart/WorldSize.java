package io.sluice.jobs.quickstart;

import io.sluice.state.check.Checks;

/**
 * How large the simulated world is.
 *
 * @param users people who come, 1 or more
 * @param items things they can be shown, at least {@code candidates}
 * @param candidates items to choose from at each visit, at least {@code shown}
 * @param shown length of the list that a user sees, 1 or more
 */
record WorldSize(int users, int items, int candidates, int shown) {

    /**
     * Small enough to be learnt within half a minute of traffic, large enough that counting clicks
     * is no answer: 120 users with 12 tastes each, and 300 items.
     */
    static final WorldSize DEFAULT = new WorldSize(120, 300, 20, 8);

    WorldSize {
        Checks.positive("world.users", users);
        Checks.positive("world.shown", shown);
        Checks.inRange("world.candidates", candidates, shown, items);
    }
}
